//! XML that is edited in place: where each element stands in a text, and edits that leave every other
//! byte as it is. What is not known here cannot be lost.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;

/// Deeper than this nothing is that AWS sends.
const MAX_DEPTH: usize = 64;

/// An element and where it stands.
#[derive(Debug)]
pub(super) struct Element {
    name: String,
    outer: Range<usize>,
    /// Between its tags; `None` of `<Name/>`.
    inner: Option<Range<usize>>,
    children: Vec<Element>,
}

/// A text with the elements in it.
#[derive(Debug)]
pub(super) struct Document<'a> {
    text: &'a str,
    root: Element,
}

impl<'a> Document<'a> {
    /// `None` where the text is not well formed, or holds what no answer of AWS has.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Element> = Vec::new();
        let mut root = None;
        loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            let closed = match event {
                Event::Start(tag) if open.len() < MAX_DEPTH => {
                    let name = tag.local_name().as_ref().to_owned();
                    open.push(Element {
                        name,
                        outer: start..end,
                        inner: Some(end..end),
                        children: Vec::new(),
                    });
                    continue;
                }
                Event::Empty(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    Element { name, outer: start..end, inner: None, children: Vec::new() }
                }
                Event::End(_) => {
                    let mut element = open.pop()?;
                    element.outer.end = end;
                    element.inner.as_mut()?.end = start;
                    element
                }
                Event::Eof => break,
                Event::Start(_) | Event::DocType(_) | Event::CData(_) => return None,
                _ => continue,
            };
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None if root.is_none() => root = Some(closed),
                None => return None,
            }
        }
        if open.is_empty() { Some(Self { text, root: root? }) } else { None }
    }

    pub(super) fn root(&self) -> &Element {
        &self.root
    }

    /// What stands in an element that has no others in it.
    pub(super) fn value(&self, element: &Element) -> Option<Cow<'a, str>> {
        match &element.inner {
            None => Some(Cow::Borrowed("")),
            Some(inner) if element.children.is_empty() => {
                unescape(self.text.get(inner.clone())?).ok()
            }
            Some(_) => None,
        }
    }

    /// The value of a child, or nothing where there is no such child.
    pub(super) fn child_value(&self, element: &Element, name: &str) -> Option<Cow<'a, str>> {
        self.value(element.child(name)?)
    }
}

impl Element {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Those in a list: `<Quantity>` and `<Items>` with one element for each.
    pub(super) fn items(&self) -> impl Iterator<Item = &Element> {
        self.child("Items").into_iter().flat_map(|items| &items.children)
    }
}

/// Edits of one document, no two of the same place.
pub(super) struct Edits<'a> {
    document: &'a Document<'a>,
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Edits<'a> {
    pub(super) fn of(document: &'a Document<'a>) -> Self {
        Self { document, edits: Vec::new() }
    }

    /// Puts a value between the tags of an element.
    pub(super) fn set(&mut self, element: &Element, value: &str) {
        self.put(element, escape(value).into_owned());
    }

    /// Gives a parent's child this value; where there is no such child it becomes the last.
    pub(super) fn set_child(&mut self, parent: &Element, name: &str, value: &str) {
        match parent.child(name) {
            Some(child) => self.set(child, value),
            None => self.append(parent, &format!("<{name}>{}</{name}>", escape(value))),
        }
    }

    /// Adds XML after what stands in an element.
    pub(super) fn append(&mut self, element: &Element, xml: &str) {
        match &element.inner {
            Some(inner) => self.edits.push((inner.end..inner.end, xml.to_owned())),
            None => self.put(element, xml.to_owned()),
        }
    }

    /// Takes an element out with its tags.
    pub(super) fn remove(&mut self, element: &Element) {
        self.edits.push((element.outer.clone(), String::new()));
    }

    fn put(&mut self, element: &Element, xml: String) {
        match &element.inner {
            Some(inner) => self.edits.push((inner.clone(), xml)),
            // `<Name/>` becomes `<Name>…</Name>`.
            None => {
                let end = element.outer.end;
                self.edits.push((end - "/>".len()..end, format!(">{xml}</{}>", element.name)));
            }
        }
    }

    /// The text with all edits; `None` where there are none.
    pub(super) fn done(mut self) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        // Those at one place keep the order in which they were asked for.
        self.edits.sort_by_key(|(place, _)| place.start);
        let (mut edited, mut at) = (String::new(), 0);
        for (place, xml) in &self.edits {
            edited.push_str(self.document.text.get(at..place.start)?);
            edited.push_str(xml);
            at = place.end;
        }
        edited.push_str(self.document.text.get(at..)?);
        Some(edited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_edited_changes() {
        let text = "<?xml version=\"1.0\"?>\n<!-- kept --><a:Root xmlns:a='x'> <Name>a &amp; b</Name>\
                    <New kind=\"?\"><Deep/></New><Empty a=\"1\"/><Items><X>1</X><X>2</X></Items></a:Root>\n";
        let document = Document::parse(text).unwrap();
        let root = document.root();
        assert_eq!(root.name(), "Root");
        assert_eq!(document.child_value(root, "Name").unwrap(), "a & b");
        assert_eq!(document.child_value(root, "New"), None);
        assert!(Edits::of(&document).done().is_none());
        let mut edits = Edits::of(&document);
        edits.set_child(root, "Name", "c < d");
        edits.set_child(root, "Empty", "full");
        edits.set_child(root, "Late", "1");
        edits.remove(root.items().next().unwrap());
        edits.append(root.child("Items").unwrap(), "<X>3</X>");
        let edited = edits.done().unwrap();
        let wanted = text
            .replace("a &amp; b", "c &lt; d")
            .replace("<Empty a=\"1\"/>", "<Empty a=\"1\">full</Empty>")
            .replace("<X>1</X><X>2</X>", "<X>2</X><X>3</X>")
            .replace("</a:Root>", "<Late>1</Late></a:Root>");
        assert_eq!(edited, wanted);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let deep = "<a>".repeat(100) + &"</a>".repeat(100);
        for text in ["", "a", "<a>", "<a></b>", "<a/><b/>", "<!DOCTYPE a><a/>", &deep, "</a>"] {
            assert!(Document::parse(text).is_none(), "{text}");
        }
    }
}
