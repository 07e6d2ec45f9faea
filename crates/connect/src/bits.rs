//! Logarithms in whole numbers, so that every machine ranks alike.

/// The binary logarithm of a number in hundredths, rounded down; none of it for nought.
pub(crate) fn hundredths(number: u64) -> u32 {
    const PLACES: u32 = 10;
    if number < 2 {
        return 0;
    }
    let whole = number.ilog2();
    // The mantissa in [1, 2) as a fraction of 2^62, squared again and again: each square that
    // reaches two gives one binary place of the logarithm.
    let mut mantissa = u128::from(number) << (62 - whole.min(62)) >> whole.saturating_sub(62);
    let mut fraction = 0_u32;
    for _ in 0..PLACES {
        mantissa = (mantissa * mantissa) >> 62;
        fraction <<= 1;
        if mantissa >> 63 > 0 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    whole * 100 + ((fraction * 100) >> PLACES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_those_of_the_logarithm() {
        for number in (0..5000).chain([u64::MAX, u64::MAX / 3, 1 << 62, (1 << 63) - 1]) {
            let wanted = if number < 2 { 0.0 } else { (number as f64).log2() * 100.0 };
            let off = wanted - f64::from(hundredths(number));
            assert!((-0.01..1.2).contains(&off), "{number}: {wanted}");
        }
    }
}
