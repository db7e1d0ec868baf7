//! Finds bodies that report to each other in a circle.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind};
use crate::model::ids::BodyId;

/// The most circles that are reported. An editor with more can begin with these.
const MAX_REPORTED: usize = 50;

/// A statement that one body reports to another.
#[derive(Clone, Debug)]
pub(crate) struct ReportingLine {
    pub from: BodyId,
    pub to: BodyId,
    /// The place of the statement.
    pub location: Location,
}

/// Reports each circle among the references, at whichever of its references comes last in the file.
///
/// A depth-first walk from every body finds each circle by a reference that leads back into the current path. The path
/// is kept in a list, not on the call stack, so its depth is not limited.
pub(crate) fn find(references: &[ReportingLine]) -> Vec<Diagnostic> {
    let mut from: HashMap<&BodyId, Vec<usize>> = HashMap::new();
    for (index, reference) in references.iter().enumerate() {
        from.entry(&reference.from).or_default().push(index);
    }
    let mut found = Vec::new();
    let mut state: HashMap<&BodyId, VisitState> = HashMap::new();
    for start in references {
        if state.contains_key(&start.from) {
            continue;
        }
        state.insert(&start.from, VisitState::OnPath(0));
        // Each step: a body, how many of its references were followed, and the reference that led to it.
        let mut path: Vec<(&BodyId, usize, Option<usize>)> = vec![(&start.from, 0, None)];
        while let Some((body, followed, _)) = path.last_mut() {
            let Some(&next) = from.get(*body).and_then(|references| references.get(*followed)) else {
                state.insert(*body, VisitState::Done);
                path.pop();
                continue;
            };
            *followed += 1;
            let to = &references[next].to;
            match state.get(to) {
                Some(VisitState::Done) => {}
                Some(VisitState::OnPath(step)) => {
                    let steps = path.get(step + 1..).unwrap_or_default().iter();
                    let circle: Vec<usize> = steps.filter_map(|(_, _, by)| *by).chain([next]).collect();
                    found.push(circle_diagnostic(references, circle));
                    if found.len() == MAX_REPORTED {
                        return found;
                    }
                }
                None => {
                    state.insert(to, VisitState::OnPath(path.len()));
                    path.push((to, 0, Some(next)));
                }
            }
        }
    }
    found
}

/// The state of a body during the walk.
#[derive(Clone, Copy)]
enum VisitState {
    /// It is at this step of the current path.
    OnPath(usize),
    /// Everything that can be reached from it has been visited.
    Done,
}

/// The diagnostic for a circle, given as its references in order.
fn circle_diagnostic(references: &[ReportingLine], mut circle: Vec<usize>) -> Diagnostic {
    let last = circle.iter().enumerate().max_by_key(|(_, reference)| references[**reference].location.span.start);
    let last = last.map_or(0, |(position, _)| position);
    // Start with the body whose reference closes the circle.
    circle.rotate_left(last);
    let closing = &references[circle[0]];
    let message = if circle.len() == 1 {
        format!("`{}` reports to itself", closing.from)
    } else {
        let named: Vec<String> = circle.iter().take(12).map(|index| format!("`{}`", references[*index].to)).collect();
        let rest = if circle.len() > 12 { "…" } else { "" };
        format!("`{}` reports in a circle: to {}{rest}", closing.from, named.join(", which reports to "))
    };
    let mut diagnostic = Diagnostic::new(Code::BadValue, closing.location.clone(), message);
    for index in circle.iter().skip(1).take(12) {
        let reference = &references[*index];
        diagnostic = diagnostic
            .related(reference.location.clone(), format!("`{}` reports to `{}`", reference.from, reference.to))
            .about(SubjectKind::Body, &reference.from);
    }
    diagnostic.help("remove the reference that goes the wrong way: one body must be at the top")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{RelPath, Span};

    /// The circles among references such as `a>b`, each with the index of its reference.
    fn check(references: &str) -> String {
        let file = RelPath::new("governance.yaml");
        let reference = |(index, text): (usize, &str)| {
            let (from, to) = text.split_once('>').unwrap();
            let location = Location::new(&file, Span::at(index));
            ReportingLine { from: BodyId::new(from), to: BodyId::new(to), location }
        };
        let references: Vec<ReportingLine> = references.split(' ').enumerate().map(reference).collect();
        let reported = find(&references).into_iter().map(|d| format!("{}: {}", d.location.span.start, d.message));
        reported.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_circle_is_reported_where_it_closes() {
        assert_eq!(check("a>b b>c a>c d>a"), "");
        assert_eq!(check("a>b b>a"), "1: `b` reports in a circle: to `a`, which reports to `b`");
        assert_eq!(
            check("a>c b>a c>b"),
            "2: `c` reports in a circle: to `b`, which reports to `a`, which reports to `c`"
        );
        assert_eq!(check("x>a a>a"), "1: `a` reports to itself");
        assert_eq!(
            check("a>b b>a c>d d>c"),
            "1: `b` reports in a circle: to `a`, which reports to `b`\n3: `d` reports in a circle: to `c`, which reports to `d`"
        );
    }

    #[test]
    fn depth_is_not_limited_by_the_stack() {
        let chain: Vec<String> = (0..100_000).map(|i| format!("b{i}>b{}", (i + 1) % 100_000)).collect();
        assert_eq!(check(&chain.join(" ")).lines().count(), 1);
    }
}
