"""A window from which files are dragged, as from a file manager. Run by the system's own Python."""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

window = Gtk.Window(title="Files")
source = Gtk.EventBox()
source.add(Gtk.Label(label="Files"))
source.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
source.drag_source_add_uri_targets()
source.connect("drag-data-get", lambda _source, _context, data, *_: data.set_uris(sys.argv[1:]))
window.add(source)
window.set_default_size(120, 80)
window.move(10, 10)
window.show_all()
Gtk.main()
