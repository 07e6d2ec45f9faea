//! Who and what is of one incident, by the log-odds of each two.

/// Clusters cores, those nearest first, while the mean log-odds between two clusters is `least` or
/// more; then each of those who join goes to the nearest cluster, and to every other with which
/// its mean is `more` or more. Without cores all who join are together; there is always a cluster.
pub(super) fn gather(
    cores: &[usize],
    joining: &[usize],
    odds: impl Fn(usize, usize) -> f32,
    least: f32,
    more: f32,
) -> Vec<Vec<usize>> {
    let mean = |one: &[usize], other: &[usize]| {
        let sum: f32 = one.iter().flat_map(|a| other.iter().map(|b| odds(*a, *b))).sum();
        sum / (one.len() * other.len()).max(1) as f32
    };
    let mut groups: Vec<Vec<usize>> = cores.iter().map(|at| vec![*at]).collect();
    loop {
        let mut nearest: Option<(f32, usize, usize)> = None;
        for a in 1..groups.len() {
            for b in 0..a {
                let near = mean(&groups[a], &groups[b]);
                if near >= nearest.map_or(least, |(most, _, _)| most) {
                    nearest = Some((near, a, b));
                }
            }
        }
        let Some((_, a, b)) = nearest else { break };
        let other = groups.remove(a);
        groups[b].extend(other);
    }
    if groups.is_empty() {
        groups.push(Vec::new());
    }
    let clusters = groups.clone();
    for at in joining {
        let near: Vec<f32> = clusters.iter().map(|one| mean(&[*at], one)).collect();
        let nearest = (0..near.len()).fold(0, |a, b| if near[b] > near[a] { b } else { a });
        for (number, near) in near.iter().enumerate() {
            if number == nearest || *near >= more {
                groups[number].push(*at);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers with the same tens are likely to be of one incident; nought with all.
    fn odds(one: usize, other: usize) -> f32 {
        if one / 10 == other / 10 || one == 0 || other == 0 { 1.0 } else { -1.0 }
    }

    #[test]
    fn who_suffered_makes_incidents_and_who_did_it_joins_them() {
        let groups = gather(&[10, 11, 20, 12], &[21, 0], odds, 0.0, 0.0);
        assert_eq!(groups, [vec![10, 11, 12, 0], vec![20, 21, 0]]);
        let strict = gather(&[10, 11, 20], &[0], odds, 2.0, 2.0);
        assert_eq!(strict, [vec![10, 0], vec![11], vec![20]]);
    }

    #[test]
    fn without_cores_all_who_join_are_together() {
        assert_eq!(gather(&[], &[10, 20], odds, 0.0, 0.0), [vec![10, 20]]);
        assert_eq!(gather(&[], &[], odds, 0.0, 0.0), [Vec::<usize>::new()]);
    }
}
