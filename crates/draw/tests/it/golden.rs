//! Pictures and tables as they were looked at; `UPDATE_GOLDEN=1` rewrites them, to be looked at anew.

use std::path::Path;

use throughline_draw::{Drawing, Exchange, course, exchange, map, network, timeline, tolls};

use crate::samples;

#[track_caller]
fn golden(name: &str, drawing: &Drawing) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let rows = std::iter::once(&drawing.table.header).chain(&drawing.table.rows);
    let table: String = rows.map(|row| row.join("\t") + "\n").collect();
    for (end, text) in [("svg", &drawing.svg), ("tsv", &table)] {
        same(&folder.join(format!("{name}.{end}")), text);
    }
}

#[track_caller]
fn same(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, text).unwrap();
    }
    let held = std::fs::read_to_string(path).unwrap_or_default();
    assert!(held == text, "{}: UPDATE_GOLDEN=1 rewrites it", path.display());
}

#[test]
fn a_network_of_every_kind_and_standing() {
    golden("network", &network(&samples::network(), &samples::caption("Lenn")));
}

#[test]
fn a_network_for_other_programs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (form, end) in [(Exchange::Gexf, "gexf"), (Exchange::GraphMl, "graphml")] {
        let text = exchange(&samples::network(), &samples::caption("Lenn"), form);
        same(&folder.join(format!("network.{end}")), &text);
    }
}

#[test]
fn a_timeline_of_days_spans_and_crowds() {
    golden("timeline", &timeline(&samples::timeline(), &samples::caption("Lenn, day by day")));
}

#[test]
fn the_course_of_a_toll() {
    golden("course", &course(&samples::course(), &samples::caption("Lenn: killed and wounded")));
}

#[test]
fn the_tolls_of_several() {
    golden("tolls", &tolls(&samples::tolls(), &samples::caption("Killed and wounded")));
}

#[test]
fn a_map_of_points_crowds_and_what_has_no_point() {
    golden("map", &map(&samples::map(), &samples::caption("Where it happened")));
}
