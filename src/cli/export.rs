//! `pactgraph export`: the graph, or a part of it, as a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pactgraph::export::{self, Format, Selection};
use pactgraph::graph::{Bounds, View};
use pactgraph::model::Clock;

use super::data::{self, DataArgs};
use super::output;
use super::part::{self, Part};

/// Write the graph, or a part of it, for other tools to read
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Formats:
  graphml   networkx, igraph, yEd, Gephi       ttl     RDF as Turtle
  gexf      Gephi, with a timeline             jsonld  the same RDF as JSON-LD
  dot       Graphviz                           mmd     Mermaid, for notes
  cyjs      cytoscape.js, Cytoscape
  csv       a folder of tables with a datapackage.json; -o names the folder
  nodes.csv, relationships.csv, sources.csv, datapackage.json   one file of that folder

Exit status: 0 if it was written, 1 if it could not be, 2 if the command line is wrong.

Examples:
  pactgraph export --format graphml -o graph.graphml
  pactgraph export --format csv -o tables
  pactgraph export --format dot --around canada-eu-raw-materials-partnership --depth 2 | dot -Tsvg > eu.svg
  pactgraph export --format ttl --as-of 2022-12-31 --kinds AGREEMENT,COUNTRY > graph.ttl
  pactgraph export --format nodes.csv --around g7 --relationships MEMBER_OF
  pactgraph export --format mmd --reach canada-eu-raw-materials-partnership --follow BUILDS_ON:IN
  pactgraph export --format dot --from canada-japan-battery-supply-chains-moc --to g7-critical-minerals-action-plan
  pactgraph export --format nodes.csv --where '{\"kinds\":[\"AGREEMENT\"],\"status\":[\"IN_FORCE\"]}'")]
pub(crate) struct Args {
    /// The format: graphml, gexf, dot, cyjs, ttl, jsonld, mmd or csv
    #[arg(long, short, value_name = "FORMAT", value_parser = shape)]
    format: Shape,

    #[command(flatten)]
    part: Part,

    /// The file to write, or for csv the folder; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// One file, or a folder of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    File(Format),
    Folder,
}

fn shape(name: &str) -> Result<Shape, String> {
    if name.eq_ignore_ascii_case("csv") {
        return Ok(Shape::Folder);
    }
    Format::named(name).map(Shape::File).ok_or_else(|| {
        let names: Vec<_> = Format::ALL.into_iter().map(Format::name).collect();
        format!("there is no such format; the formats are csv, {}", names.join(", "))
    })
}

/// Writes the export.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let scope = match args.part.scope() {
        Ok(scope) => scope,
        Err(wrong) => return refuse(&part::as_options(&wrong.message)),
    };
    if args.format == Shape::Folder && args.output.is_none() {
        return refuse(
            "csv is a folder of tables: name it with -o, as in -o tables\n\nOne table alone can go to standard output: \
             --format nodes.csv or --format relationships.csv",
        );
    }
    let graph = match data::open(data) {
        Ok(opened) => opened.graph,
        Err(code) => return code,
    };
    let view = scope.view(View::today(graph, Clock::system().today(), Bounds::unlimited()));
    let written = data::with_progress("writing the export", || {
        let selection = match scope.select(&view) {
            Ok(selection) => selection,
            Err(error) => return Err(part::as_option(&error)),
        };
        Ok(match (args.format, &args.output) {
            (Shape::Folder, Some(folder)) => write_folder(&selection, folder),
            (Shape::File(format), Some(file)) => output::write(file, |out| export::write(format, &selection, out)),
            (Shape::File(format), None) => {
                output::write_to(io::stdout().lock(), |out| export::write(format, &selection, out))
            }
            (Shape::Folder, None) => Ok(()),
        })
    });
    match written {
        Ok(written) => super::finish(written, ExitCode::SUCCESS),
        Err(message) => refuse(&message),
    }
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(2)
}

fn write_folder(selection: &Selection<'_>, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| output::at(folder, &error))?;
    let tables = Format::ALL.into_iter().filter(|format| !format.is_graph());
    tables
        .into_iter()
        .try_for_each(|format| output::write(&folder.join(format.name()), |out| export::write(format, selection, out)))
}
