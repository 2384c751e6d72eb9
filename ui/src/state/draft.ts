/** What is typed for a link that is not made yet. */
import type { DocumentView, Lifetime, LinkLimits, LinkView, OpeningView } from "../backend/bindings";

/** What is typed on *New link*; kept while other screens are looked at. */
export type Draft = {
  address: string;
  /** The file of this computer that is put on the site first; the address follows from it then. */
  document: DocumentView | null;
  /** The folder of the site into which it goes. */
  folder: string;
  /** Null as long as nobody chose one: then it is the one with which the site's links begin. */
  lifetime: Lifetime | null;
  limits: LinkLimits;
  note: string;
  /** Whether it was filled in from another link, and typed by nobody: whoever goes elsewhere has left it. */
  isTaken: boolean;
};

/** Whether a link opens: null as long as nobody has asked. */
export type LinkOpening = { kind: "asking" } | { kind: "stopped" } | (OpeningView & { at: number }) | null;

/** A link that was made, what is noted with it, and what came of trying it. */
export type MadeLink = LinkView & { note: string; opening: LinkOpening };

const unlimited = (): LinkLimits => ({ start: null, network: "", folder: null });

/** A link of which nothing is said yet: what one link is limited to must not get into the next. */
export const clean = (address = ""): Draft => ({
  address,
  document: null,
  folder: "",
  lifetime: null,
  limits: unlimited(),
  note: "",
  isTaken: false,
});
