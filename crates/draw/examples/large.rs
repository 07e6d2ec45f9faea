//! Draws a large network that nobody has seen, and prints how long it took:
//! `cargo run --release -p throughline-draw --example large -- 1000 3000 > large.svg`.

use std::time::Instant;

use throughline_draw::{Caption, Network, Node, Standing, Tie, network};
use throughline_model::SubjectKind;

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|word| word.parse::<usize>().ok());
    let nodes = arguments.next().unwrap_or(1_000).max(2);
    let ties = arguments.next().unwrap_or(3 * nodes);
    // A sequence that looks like chance and is the same every time.
    let mut state = 0x9e37_79b9_u64;
    let mut any = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let node = |at: usize| Node {
        kind: SubjectKind::ALL[at % 8],
        name: format!("Record number {at} of a large casebook"),
        beneath: if at.is_multiple_of(3) {
            format!("19{:02}-03-24", at % 100)
        } else {
            String::new()
        },
        standing: Standing::Found,
        id: format!("record-{at}"),
        centre: at == 0,
    };
    let made = Network {
        nodes: (0..nodes).map(node).collect(),
        ties: (0..ties)
            .map(|at| {
                let from = any(nodes);
                // Most ties stay near, as they do in what is reported.
                let far = if at.is_multiple_of(9) { nodes } else { 24.min(nodes) };
                Tie {
                    from,
                    to: (from + 1 + any(far.max(2) - 1)) % nodes,
                    relation: "in contact".to_owned(),
                    standing: Standing::ALL[at % 5],
                    basis: "reported".to_owned(),
                    said_by: "The Ferry Post".to_owned(),
                    published: "2016-05-12".to_owned(),
                    since: None,
                }
            })
            .collect(),
    };
    let begun = Instant::now();
    let drawing =
        network(&made, &Caption { title: "A large network".to_owned(), ..Caption::default() });
    let took = begun.elapsed();
    println!("{}", drawing.svg);
    eprintln!(
        "{nodes} nodes, {ties} ties: {took:.2?}, {} kB of SVG, {} rows",
        drawing.svg.len() / 1_000,
        drawing.table.rows.len()
    );
}
