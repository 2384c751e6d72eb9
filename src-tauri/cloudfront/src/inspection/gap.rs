//! What lies between two pieces of a link: white space, and the marks of a reply behind a line break.

pub(super) struct Gap {
    pub(super) length: usize,
    pub(super) breaks: usize,
    pub(super) has_marks: bool,
}

impl Gap {
    pub(super) fn of(text: &str) -> Self {
        let mut rest = text.trim_start();
        let mut has_marks = false;
        let white = text.get(..text.len() - rest.len()).unwrap_or_default();
        let breaks = white.matches('\n').count().max(white.matches('\r').count());
        if breaks > 0 {
            let quoted = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            has_marks = quoted.len() < rest.len();
            rest = quoted;
        }
        Self { length: text.len() - rest.len(), breaks, has_marks }
    }

    pub(super) fn has_break(&self) -> bool {
        self.breaks > 0
    }
}
