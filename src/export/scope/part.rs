//! Parts that a traversal finds.

use super::Selection;
use crate::graph::{NodeRef, PathsQuestion, QuestionError, ReachQuestion, StopReason, View};

/// Where a part is.
#[derive(Debug, Clone, Default)]
pub(super) enum Part {
    /// Everywhere.
    #[default]
    Whole,
    /// Around some nodes, or within reach of them.
    Walk {
        /// Where it begins, and the parameter that says so.
        starts: Vec<String>,
        named: &'static str,
        /// How it goes on; no steps for the nodes themselves.
        question: Box<ReachQuestion>,
        /// The most nodes, nearest first.
        limit: Option<usize>,
    },
    /// Along paths.
    Paths {
        /// Where they begin.
        from: String,
        /// Where they end.
        to: String,
        /// Which ones.
        question: PathsQuestion,
    },
}

impl Part {
    /// The nodes, and the relationships among them that may be followed; or the paths.
    pub(super) fn select<'g>(&self, view: &'g View) -> Result<Selection<'g>, QuestionError> {
        match self {
            Self::Whole => Ok(Selection::whole(view)),
            Self::Walk { starts, named, question, limit } => {
                let starts_found = starts.iter().map(|id| view.require(named, id)).collect::<Result<Vec<_>, _>>()?;
                let reached = if question.max_depth == 0 { Vec::new() } else { walked(view, starts, question)? };
                let all = starts_found.into_iter().chain(reached).take(limit.unwrap_or(usize::MAX));
                let selection = Selection::among(view, all);
                if question.follow.is_empty() {
                    return Ok(selection);
                }
                let followed = |kind| question.follow.iter().any(|(known, _)| *known == kind);
                let relationships = selection.relationships().iter().copied().filter(|r| followed(r.kind()));
                let relationships: Vec<_> = relationships.collect();
                Ok(Selection::of(view, selection.nodes().iter().copied(), relationships))
            }
            Self::Paths { from, to, question } => {
                let paths = view.paths(from, to, question)?;
                if paths.stopped == StopReason::WorkBudget {
                    let message = "there are so many paths that not all are looked at; ask for shorter ones, or follow fewer kinds";
                    return Err(QuestionError::bad("maxLength", message));
                }
                let ends = [view.require("from", from)?, view.require("to", to)?];
                let relationships: Vec<_> = paths.paths.iter().flat_map(|path| path.relationships()).collect();
                Ok(Selection::of(view, ends, relationships))
            }
        }
    }
}

fn walked<'g>(view: &'g View, starts: &[String], question: &ReachQuestion) -> Result<Vec<NodeRef<'g>>, QuestionError> {
    let reach = view.reach(starts, question)?;
    if reach.stopped == StopReason::WorkBudget {
        let message =
            "so much lies around these nodes that it is not gathered; ask for fewer steps, or for the whole graph";
        return Err(QuestionError::bad("depth", message));
    }
    Ok(reach.reached.iter().map(|reached| reached.node).collect())
}
