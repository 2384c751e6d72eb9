/** Every sentence a person reads, but for errors (errors.ts) and times (../time). */
import type {
  FileState,
  HistorySort,
  LeftOut,
  LeftOutView,
  Lifetime,
  LinkState,
  RowState,
  TrialAnswer,
  UnfinishedFilesView,
  UnfinishedView,
} from "../backend/bindings";

/** Encodings by the names that people may have met. */
const encodingNames: Record<string, string | undefined> = {
  "windows-1252": "Windows-1252 (Western Europe)",
  "windows-1250": "Windows-1250 (Central Europe)",
  "windows-1251": "Windows-1251 (Cyrillic)",
  macintosh: "Mac OS Roman",
  "UTF-16LE": "UTF-16",
  "UTF-16BE": "UTF-16",
};

export const words = {
  app: "Signet",
  cancel: "Cancel",
  zoomed: (percent: number) => `Size: ${percent} %`,
  welcome: {
    title: "Private links that end when you say",
    back: "First page",
    sentence: "Signet makes links to private documents. You choose how long each one works.",
    practiceTitle: "See how it works",
    practiceHint: "A sample document on this computer. No account, nothing to set up.",
    practice: "Try it with a practice document",
    realTitle: "Start for real",
    realHint: "You need a key file and a public key ID from your IT person.",
    addKey: "I have a key file",
    newLinkTitle: "Share a document",
    newLinkHint: (site: string) => `“${site}” is ready.`,
    ask: "Ask your IT person",
    asked: "The text of the mail is copied. Paste it into a mail to your IT person.",
    setUpHint: "For IT people: add a site, and let Signet set CloudFront up for it.",
    setUp: "Set up CloudFront",
    lostHint: "Were there keys here before? They may still be in this computer's password store.",
    lost: "Look for lost keys",
  },
  nav: {
    label: "Main",
    welcome: "Signet: the first page",
    newLink: "New link",
    many: "Many at once",
    links: "My links",
    documents: "Documents",
    check: "Check a link",
    ending: (count: number) => (count === 1 ? "1 link ends within the hour" : `${count} links end within the hour`),
    settingUp: "Setting up",
    sites: "Sites",
    practice: "Practice",
    foot: "Keys stay in this computer's password store. Signet tries a new link once, on its own site. Nothing else is sent anywhere unless you ask for it.",
  },
  practice: {
    banner: "Practice: a throw-away key and a sample document on this computer. Nothing is kept.",
    leave: "Leave practice",
    afterEnd: "Open it again to see what a reader sees who comes too late.",
  },
  newLink: {
    title: "New link",
    site: "Site",
    address: "Which document?",
    addressHint: "Its name, with its folder if it has one: Contracts/Lease.pdf",
    place: "The document that is meant",
    practicePlace: "Practice",
    oneDocument: "One document",
    wholeFolder: (folder: string) => `The whole folder ${folder}`,
    fullAddress: "Address",
    lifetime: "Until when?",
    over: "over",
    date: "Day",
    time: "Time",
    dateHint: "Like 31 December, Friday or in 3 weeks",
    timeHint: (dayEnd: string) => `Without one, a day ends at ${dayEnd}.`,
    until: "Until",
    calendar: { label: "The last day", before: "The month before", after: "The month after" },
    note: "For whom?",
    noteHint: "Only you see this: it is never in the link.",
    create: "Create link",
    createFolder: "Create link for the whole folder",
    creating: "Creating…",
    warning: "Anyone who has the link can open it. You cannot stop a link once it is sent.",
    folderWarning: "Anyone who has the link can open every document in the folder. You cannot stop a link once it is sent.",
    advice: "Choose a short time for sensitive papers.",
    restored: "The key is back in this computer's password store.",
    isFolder: (folder: string) => ({ what: `This is the folder ${folder}, and a link opens one document.`, doNow: "Open the whole folder, or type the document's name behind it." }),
    openFolder: (folder: string) => `Open the whole folder ${folder}`,
    switchTo: (name: string) => `Switch to “${name}”`,
    onComputer: (place: string) => ({ what: "This file is on your computer, so nobody else can open it.", doNow: `It has to be on ${place} first; then type its name there.` }),
    onOtherSite: (name: string, site: string) => ({ what: `That document is on “${name}”.`, doNow: `Switch to it, or type the name of a document on ${site}.` }),
    dropped: {
      what: (count: number) =>
        count === 1 ? "This file is on your computer, so nobody else can open it." : `These ${number(count)} files are on your computer, so nobody else can open them.`,
      doNow: (count: number, host: string) => `${count === 1 ? "It has" : "They have"} to be on ${host} first. Only ${count === 1 ? "its name was" : "their names were"} taken.`,
      isThere: "It is there: use its name",
      areThere: "They are there: use their names",
      forget: "Forget it",
    },
    keychainAsks: "If your computer asks to unlock the password store, answer there first.",
  },
  document: {
    choose: "From this computer…",
    chooseThere: "Choose…",
    orDrop: "Or drop a file anywhere on this window.",
    ofThisComputer: (size: string) => `${size}, from this computer`,
    another: "Another document",
    upload: "Upload and create link",
    progress: "How much of it is on the site",
    sent: (sent: string, size: string) => `${sent} of ${size}`,
    left: (time: string) => `${time} left`,
    cancel: "Cancel",
    stopped: "Stopped. The document is not on the site.",
    goesTo: (site: string, folder: string) => `It goes to ${site}${folder === "" ? "" : `, into ${folder}`}`,
    changeFolder: "Another folder",
    folder: "Folder on the site",
    folderHint: "Like reports/2026. Leave it empty for none.",
    meanwhile: (name: string) => `${name} is on the site. Its link is in My links.`,
    oldForADay: "The document was replaced. Readers may still get the old one for a day.",
    already: (name: string) => `There is a “${name}” already.`,
    alreadyThere: "There now",
    alreadyNew: "Yours",
    keepBoth: "Keep both",
    keptAs: (name: string) => `Yours becomes “${name}”.`,
    replace: "Replace it",
    replaceHint: (links: number | null) => links === null || links === 0 ? "Links to it that were sent will open yours." : `${number(links)} ${links === 1 ? "link that still works" : "links that still work"} will open yours.`,
  },
  files: {
    title: "Several documents",
    list: "Documents",
    count: (count: number, size: string) => `${files(count)} from this computer, ${size}`,
    leftOut: (names: readonly LeftOutView[], more: number) =>
      `Left out: ${names.map(({ name, why }) => `${name} (${LEFT_OUT[why]})`).join(", ")}${more > 0 ? `, and ${number(more)} more` : ""}.`,
    folderHint: "Like reports/2026. Leave it empty for none. The folders of a chosen folder come to lie in it.",
    goTo: (site: string, folder: string) => `They go to ${site}${folder === "" ? "" : `, into ${folder}`}`,
    upload: "Upload and create links",
    choose: "Files of this computer…",
    chooseFolder: "A folder of this computer…",
    looking: "Seeing what is on the site already…",
    going: "Putting documents on the site",
    of: (done: number, total: number) => `${number(done)} of ${documents(total)}`,
    now: (name: string) => ` · ${name}`,
    cancelHint: "What is on the site stays there with its link, and the rest can go on later.",
    alreadyThere: (count: number) => ({
      what: count === 1 ? "1 of them is on the site already." : `${number(count)} of them are on the site already.`,
      doNow: count === 1 ? "Both are kept, yours as “… (2)”." : "Both are kept of each, yours as “… (2)”.",
    }),
    replace: (count: number) => (count === 1 ? "Replace that one" : `Replace those ${number(count)}`),
    replaceHint: (open: number | null) =>
      `Replacing takes only what is shown below. ${open === null || open === 0 ? "Links to it that were sent will open yours." : `${links(open)} that still ${open === 1 ? "works" : "work"} will open yours.`}`,
    isThere: (size: string, day: string) => `on the site already: ${size}, ${day}`,
    keptAs: (name: string) => `kept as “${name}”`,
    hasReplaced: "replaced",
    keptBeside: (count: number) => `${documents(count)} ${count === 1 ? "is" : "are"} kept beside the one that was there.`,
    replaced: (count: number) => `${documents(count)} ${count === 1 ? "was" : "were"} replaced.`,
    oldForADay: "Readers may still get the old one for a day.",
    made: (made: number, total: number) => `${number(made)} of ${documents(total)} ${made === 1 ? "has its link" : "have their links"}.`,
    forget: "Forget these files",
    leaveHint: "“Leave it” keeps what is on the site, with its links, and takes back what is half there.",
    done: "Done",
  },
  limits: {
    title: "More limits",
    set: (count: number) => `${count} set`,
    start: "Works from",
    startHint: "Otherwise the link works at once.",
    startDate: "Start date",
    startTime: "Start time",
    startTimeHint: "Without one, the link works from the beginning of that day.",
    network: "Only from one office",
    networkHint: "Ask your IT person for its public address, like 203.0.113.7 or 203.0.113.0/24. Leave it empty for everywhere.",
    networkMeans: "A reader on a phone, on another network, or whose connection uses IPv6 cannot open the link.",
    everybodyMeans: "This is every IPv4 network: only a reader whose connection uses IPv6 cannot open the link.",
    exampleWhat: (network: string) => `${network} is kept for examples, and no reader comes from it.`,
    exampleDoNow: "Ask your IT person for the public address of the readers' network.",
    folder: "Whole folder",
    folderHint: "Otherwise the link opens this one document.",
    folderName: "Folder",
    folderNameHint: "Leave empty for this document's folder.",
    examples: "Examples",
    opens: "Opens",
    opensNot: "Does not open",
  },
  sentence: {
    works: "Works",
    worked: "Worked",
    opens: "Opens",
    opened: "Opened",
    folder: "and all of",
    from: "from",
    until: "until",
    network: "only from the network",
  },
  yourLink: {
    title: "Your link is ready",
    ended: "This link has ended",
    endedHint: "It opens nothing any more. You can make a new one for the same document.",
    makeNew: "Make a new one",
    another: "Another link",
    forReader: (reader: string) => `for ${reader}`,
    link: "Link",
    linkItself: "The link itself",
    copyLink: "Copy link",
    writeMail: "Write an e-mail",
    open: "Open as your reader sees it",
    copied: "Copied",
    mailCopied: "Copied. Paste it into an e-mail.",
    reader: "What your reader gets",
    qrCode: "QR code",
    close: "Close",
    savePicture: "Save picture",
    more: "More",
    saveSvg: "Save as SVG",
    svgHint: "For print in any size.",
    saved: (fileName: string) => `Saved as ${fileName}.`,
    qr: (name: string, host: string, end: string) =>
      `QR code of the link: opens ${name} on ${host} until ${end}.`,
    noQr: "This link is too long for a QR code.",
    left: (time: string) => `${time} left`,
    until: (moment: string) => `until ${moment}`,
    startsIn: (time: string) => `Works in ${time}`,
    fromUntil: (start: string, end: string) => `from ${start} until ${end}`,
    begun: "This link works now.",
    wholeFolder: (folder: string) =>
      `${folder === "" ? "This link opens every document on the site." : /[*?]/.test(folder) ? `This link opens every document that is like “${folder}”.` : `This link opens every document in “${folder}”.`} Put what follows the ? behind the address of any of them.`,
  },
  links: {
    title: "My links",
    none: "Links you make appear here. Nobody can open a document from this list.",
    search: "Search",
    searchFor: "Document or reader…",
    columns: ["Document and reader", "Works until", "Left"],
    state: "State",
    anyState: "All",
    key: "Key",
    anyKey: "All",
    sort: "Order",
    number: (count: number) => number(count),
    count: (total: number) => links(total),
    found: (found: number, total: number) => `${number(found)} of ${links(total)} found`,
    foundNone: (search: string) => (search === "" ? "Nothing found." : `Nothing found for “${search}”.`),
    showAll: "Show all links",
    tryAgain: "Try again",
    unreadable: (count: number) =>
      count === 1 ? "1 link was written by a newer Signet and is not shown." : `${number(count)} links were written by a newer Signet and are not shown.`,
    keyRemoved: (name: string) => `${name} (removed)`,
    onlyOf: "Only links of",
    ofAll: "Show those of all keys",
    left: "left",
    starts: "Starts",
    startsIn: "in",
    until: (end: string) => `until ${end}`,
    wholeFolder: (folder: string) => `all of ${folder}`,
    network: (network: string) => `only from ${network}`,
    copy: "Copy",
    again: "New link for the same document",
    menu: "More about the list",
    details: "Details",
    closeDetails: "Close details",
    named: (name: string) => `“${name}”`,
    more: (name: string) => `More about ${name}`,
    address: "Address",
    madeAt: "Made",
    keyOfLink: "Key",
    keyGone: "The key of this link is no longer in Signet: add its site again to copy this link or to make one like it. Whoever has the link can use it until its end.",
    note: "For whom?",
    noteHint: "Only you see this.",
    noteSaved: "Saved.",
    remove: "Remove",
    removed: (name: string) => `Removed “${name}”.`,
    undo: "Undo",
    clear: "Empty this list…",
    clearTitle: "Empty this list?",
    clearNow: "Empty the list",
    clearText: "Links already sent keep working until they end. The list and its notes are gone for good.",
    keepList: "Keep list",
    export: "Export…",
    exportTitle: "Export the list",
    exportText: "A table of documents, readers, ends and limits, for a spreadsheet or a mail merge.",
    withLinks: "With links",
    withLinksHint: "Whoever has the file can then open the documents until the links end.",
    exportNow: "Save file…",
    exported: (fileName: string) => `Saved as ${fileName}.`,
    cancel: "Cancel",
  },
  many: {
    title: "Many at once",
    list: "Documents",
    listHint:
      "One a line: a name, a path or a full address; or a table with the columns document, works until, note. Files that you drop here give their names, and are not opened.",
    folder: "Folder on the site",
    folderHint: "It is put before each plain name, like reports/2026. Leave it empty for none.",
    read: "Next",
    choose: "Choose a file…",
    back: "Cancel",
    foldersSkipped: (names: string[]) => `${names.join(", ")}: what is in ${names.length === 1 ? "this folder" : "these folders"} cannot be listed. Open ${names.length === 1 ? "it" : "them"} and drop the files.`,
    count: (total: number, problems: number, leftOut: number) =>
      [documents(total), problemsFound(problems), leftOut === 0 ? "" : `${number(leftOut)} skipped`].filter((part) => part !== "").join(", "),
    on: "On",
    from: (fileName: string) => `from ${fileName}`,
    change: "Back",
    ownEnds: (count: number) => (count === 1 ? "1 document has its own end." : `${number(count)} documents have their own end.`),
    readAs: (encoding: string) => `The file was read as ${encodingNames[encoding] ?? encoding}. Look whether the accents are right.`,
    column: (number: number) => `Column ${number}`,
    isItTheEnd: "Is this when each link ends?",
    isNoStartRight: "Links of a list work at once, and not only from then on.",
    dates: (example: string, rows: number) => (rows === 1 ? `There is one date: ${example}.` : `There are ${number(rows)} dates, like ${example}.`),
    networks: (example: string, rows: number) => (rows === 1 ? `It says ${example} for one document.` : `It says something like ${example} for ${number(rows)} documents.`),
    itIsTheEnd: "Yes, each link ends then",
    itIsNot: "No, that is another date",
    isNoNetworkRight: "Links of a list open from everywhere, and not only from this network.",
    openEverywhere: "All right, let them open from everywhere",
    startAtOnce: "All right, let them work at once",
    whichIsTheDay: "Which day is this?",
    forAllDates: (rows: number) => (rows === 1 ? "One date can be read in two ways." : `${number(rows)} dates can be read in two ways; your answer counts for all of them.`),
    dayNumber: (text: string) => `${text} is a spreadsheet's number for this day`,
    create: "Create links",
    warning: "Anyone who has a link can open its document until then. You cannot stop a link once it is sent.",
    firstLook: (problems: number) => ({
      what: problems === 1 ? "1 document has a problem." : `${number(problems)} documents have a problem.`,
      doNow: problems === 1 ? "Fix it below, or skip it." : "Fix each of them below, or skip them.",
    }),
    onlyProblems: "Only problems",
    leaveAllOut: (problems: number) => (problems === 1 ? "Skip this one" : `Skip these ${number(problems)}`),
    leaveOut: "Skip",
    putBack: "Put back",
    mend: "Fix",
    document: "Document",
    ownEnd: "Its own end",
    ownEndHint: "Like 31 December 2026, 31 December 2026 17:00 or 7 days. Empty is the end of all.",
    note: "Note",
    save: "Done",
    line: (line: number) => `Line ${number(line)}`,
    named: (name: string) => `“${name}”`,
    making: "Making the links",
    of: (made: number, wanted: number) => `${number(made)} of ${number(wanted)}`,
    rate: (rate: number) => `about ${number(rate < 10 ? Math.max(1, Math.round(rate)) : Number(rate.toPrecision(2)))} a second`,
    failed: (count: number) => `${number(count)} could not be made`,
    cancel: "Cancel",
    cancelHint: "What is made by then is kept.",
    made: (made: number, wanted: number) => (made === wanted ? `${links(made)} ${made === 1 ? "was" : "were"} made.` : `${number(made)} of ${links(wanted)} were made.`),
    copy: "Copy",
    copyAll: "Copy all",
    copiedAll: (count: number) => `${links(count)} copied, one a line.`,
    saveCsv: "Save as CSV",
    csvHint: "Whoever has the copied text, the file or the sheet can open the documents until the links end.",
    saved: (fileName: string) => `Saved as ${fileName}.`,
    print: "Print QR codes…",
    drawing: (drawn: number, of: number) => `Drawing the codes: ${number(drawn)} of ${number(of)}`,
    sheet: (host: string, day: string) => `Links to ${host}, ${day}`,
    sheetPage: (page: number, of: number) => (of === 1 ? "" : `Sheet ${number(page)} of ${number(of)}`),
    sheetEnd: (moment: string) => `Works until ${moment}`,
    noCode: (count: number) => (count === 1 ? "1 link is too long for a QR code and is not on the sheet." : `${number(count)} links are too long for a QR code and are not on the sheet.`),
    rest: "Make the rest",
    again: "Try these again",
    writeDown: "Write them into the list again",
    onlyNotMade: "Only what was not made",
    newList: "New list",
    test: {
      onThisComputer: "These files are on your computer, so nobody else can open them.",
      mustBeOn: (host: string) => `Only their names were taken. A link opens once its document is on ${host}.`,
      test: "Test whether they are there",
      cancel: "Cancel",
      hint: (host: string) => `This contacts ${host}.`,
      asking: (tested: number, host: string) => `${documents(tested)} tested on ${host}…`,
      allThere: (count: number) => (count === 1 ? "The document is there, and opens." : `All ${documents(count)} are there, and open.`),
      notThere: (count: number) => `${documents(count)} most likely ${count === 1 ? "is" : "are"} not there.`,
      putThere: "Put them on the site first, or check their names and the folder.",
      more: (count: number) => `And ${documents(count)} more.`,
      unclear: (kind: TrialAnswer["kind"], name: string, host: string) =>
        UNREACHED.includes(kind)
          ? { what: `Signet could not reach ${host}.`, doNow: "The name may be wrong, or this computer is offline. Try it again later; the links can be made all the same." }
          : { what: `Whether “${name}” is there cannot be told: ${host} did not take the link.`, doNow: "Make its link and paste it on Check a link, which says more." },
    },
  },
  check: {
    title: "Check a link",
    label: "Link",
    hint: "Paste a link, or the whole mail it came in. Checking sends nothing anywhere.",
    check: "Check",
    again: "New link for the same document",
    mendedHint: "As it was pasted it may not open: a program on the way changed it.",
    copyMended: "Copy the fixed link",
    trial: {
      now: "Test whether the document opens",
      again: "Test it again",
      hint: (host: string) => `This contacts ${host}.`,
      asking: (host: string) => `Asking ${host}…`,
      cancel: "Cancel",
    },
    others: (count: number) =>
      count === 1 ? "One more link was pasted; this is the first." : `${count} more links were pasted; this is the first.`,
    details: {
      title: "Details",
      address: "Address",
      policy: "Kind",
      canned: "Canned policy: one address and an end",
      custom: "Custom policy",
      opens: "Opens",
      everything: "Everything its key protects",
      from: "Works from",
      until: "Works until",
      network: "Only from",
      keyId: "Public key ID",
      signature: "Signature",
      signatures: {
        valid: "Right",
        wrong: "Wrong",
        notChecked: "Not checked: the key is not here",
        none: "None that can be read",
      },
    },
  },
  keys: {
    publicKeyId: "Public key ID",
    kind: "Kind",
    fingerprint: "Fingerprint (SHA-256)",
    kinds: { rsa2048: "RSA 2048", p256: "P-256" },
    signature: "Signature",
    hashes: { sha1: "SHA-1", sha256: "SHA-256 (recommended)" },
    hashHints: {
      sha1: "What every AWS tool makes by default. SHA-256 is stronger, and CloudFront takes it everywhere.",
      sha256: "Links made from now on are signed with SHA-256. Links already sent keep working.",
    },
    hashFixed: "SHA-256, as always with a P-256 key.",
    newName: "New name",
    save: "Save",
    cancel: "Cancel",
    remove: "Remove key",
    keep: "Keep key",
    removeTitle: (name: string) => `Remove “${name}”?`,
    removeText:
      "Links already sent keep working until they end. You cannot make new links with this key on this computer unless you add its file or its backup again.",
    removeUnfinishedText:
      "Its private key is then gone for good, unless there is a backup. If CloudFront has the public key already, delete it there, too.",
    stillWork: (count: number) => (count === 1 ? "1 link made with this key still works." : `${number(count)} links made with this key still work.`),
    andMore: (count: number) => (count === 1 ? "and 1 more" : `and ${number(count)} more`),
    removeNow:
      "To end sent links at once, your IT person must take the public key out of CloudFront's key group.",
    publicKey: "Public key",
    publicKeyHint: "No secret: it may be sent, printed and shown. CloudFront checks links with it.",
    reading: "Reading the password store… If your computer asks to unlock it, answer there first.",
    copy: "Copy",
    copied: "Copied",
    savePublicKey: "Save…",
    saved: (fileName: string) => `Saved as ${fileName}.`,
    close: "Close",
    backUp: "Back up…",
    backUpText: "A backup is a key file that its passphrase opens. “Choose key file…” takes it, and so does OpenSSL.",
    newPassphrase: "Passphrase for the backup",
    // As many as core/src/key_backup.rs asks for.
    newPassphraseHint: "At least 15 characters: for example four words that have nothing to do with each other.",
    repeated: "The same passphrase again",
    saveBackUp: "Save backup…",
    savingBackUp: "Saving…",
    backedUp: (name: string, fileName: string, folderName: string) =>
      folderName === "" ? `“${name}” is backed up as ${fileName}.` : `“${name}” is backed up as ${fileName} in the folder ${folderName}.`,
    passphraseGone:
      "Nobody can recover its passphrase, and Signet does not keep it. Without it the file is worth nothing: keep the two in different places.",
  },
  found: {
    title: "Found in the password store",
    what: (count: number) =>
      `This computer's password store holds ${count === 1 ? "a key" : `${number(count)} keys`} of Signet's that ${count === 1 ? "is" : "are"} at none of your sites.`,
    doNow: (count: number) => `Put ${count === 1 ? "it back as a site" : "them back as sites"} to set ${count === 1 ? "it" : "them"} up again, or remove what you know is not needed.`,
    listedAs: (name: string) => `The same key is here already, as “${name}”.`,
    name: "Name of the site",
    putBack: "Put back",
    back: (name: string) => `“${name}” is here again, as a site to set up.`,
    remove: "Remove…",
    removed: "The key is removed from the password store.",
    removeTitle: "Remove this key from the password store?",
    removeText:
      "Its private key is then gone for good, unless there is a backup. If another account or another folder of settings uses it, no links can be made with it there either.",
    removeNow: "Remove key",
    keep: "Keep key",
    others: (names: string[]) =>
      `${names.map((name) => `“${name}”`).join(", ")}: no ${names.length === 1 ? "key" : "keys"} of Signet's, though in the password store under its name. Signet does not touch ${names.length === 1 ? "it" : "them"}.`,
  },
  makeKey: {
    kind: "Kind",
    kinds: { p256: "P-256 (recommended)", rsa2048: "RSA 2048" },
    kindHints: {
      p256: "Short links and light QR codes.",
      rsa2048: "The older kind, which every AWS tool takes. Its links are over 200 characters longer, and its QR codes denser.",
    },
    make: "Make key",
    making: "Making…",
    show: "Show the public key",
  },
  replaceKey: {
    title: (site: string) => `Replace the key of “${site}”`,
    begin: "Replace this key",
    goOn: "Go on replacing",
    intro: "A new key makes the links, and the old one stays until its last link has ended. No reader notices.",
    outline: [
      "A new key is made, and its public key is uploaded to CloudFront.",
      "It goes into the same key group, beside the old one.",
      "New links are made with the new key. Links already sent keep working.",
      "When the last link of the old key has ended, the old key is taken out.",
    ],
    make: "Make the new key",
    give: "1. Upload the public key to CloudFront",
    giveHint: "In CloudFront: Key management, Public keys, Create public key. Paste it there.",
    group: "2. Put it into the same key group",
    groupHint: (id: string) =>
      `In CloudFront: Key management, Key groups, the group that has ${id}. Choose Edit, add the new public key, and leave the old one in: links already sent need it.`,
    switchTitle: "3. Make links with it",
    switchHint: "CloudFront takes a few minutes until it knows the new key everywhere. Then enter its ID.",
    newIdHint: "The new key's. It starts with K.",
    switchNow: "Switch to the new key",
    switched: (site: string) => `The new key makes the links of “${site}” now`,
    lastEnds: (count: number, when: string, place: string) =>
      count === 1
        ? `1 link of the old key still works. It ends on ${when} (${place} time).`
        : `${number(count)} links of the old key still work. The last one ends on ${when} (${place} time).`,
    noneWorks: "No link of the old key that was made here works any more.",
    elsewhere: "Links that were made with the old key on other computers, or in a terminal, are not counted here.",
    thenOut: "After that, take the old key out",
    nowOut: "Take the old key out now",
    takeOut: (id: string) => [
      `In CloudFront: take ${id} out of its key group, then delete that public key.`,
      "Here: Remove old key.",
    ],
    removeOld: "Remove old key",
  },
  addKey: {
    title: "Add a site with its key file",
    titleFor: (site: string) => `Add a key to “${site}”`,
    name: "Name of the site",
    nameHint: "What you will call it, for example Client papers.",
    site: "Site address",
    siteHint: "For example docs.example.com or d111111abcdef8.cloudfront.net.",
    publicKeyId: "Public key ID",
    publicKeyIdHint: "It starts with K. In CloudFront: Key management, Public keys.",
    choose: "Choose key file…",
    chooseHint: "The file stays where it is. A copy of the key goes into this computer's password store.",
    waiting: "Waiting for your choice…",
    passphrase: "Passphrase",
    passphraseHint: (fileName: string) => `${fileName} is locked. Its passphrase is used once and not kept.`,
    unlock: "Unlock",
    unlocking: "Unlocking…",
    another: "Choose another file",
    cancel: "Cancel",
    stays: (fileName: string, folderName: string) =>
      folderName === ""
        ? `The key file ${fileName} stays where it is, untouched. Signet keeps its own copy of the key in this computer's password store.`
        : `The key file ${fileName} stays in the folder ${folderName}, untouched. Signet keeps its own copy of the key in this computer's password store.`,
    makeLink: "Make a link",
  },
  notices: {
    historySetAside: (name: string) => ({
      what: "Your list of links could not be read.",
      doNow: `It was put aside as ${name} in Signet's own folder, and a new list begins. Links already sent keep working until they end.`,
    }),
    unfinished: ({ made, total, siteName, siteIsHere }: UnfinishedView) => ({
      what: `${number(made)} of ${links(total)} were made when Signet stopped.`,
      doNow: siteIsHere ? "Those are in your list of links. The others can still be made." : `The others need the site “${siteName}”: add it again, or leave them.`,
    }),
    unfinishedFiles: ({ total, siteName, siteIsHere }: UnfinishedFilesView) => ({
      what: siteIsHere ? `Signet stopped while ${files(total)} went to ${siteName}.` : `Signet stopped while ${files(total)} went to a site that is not here any more.`,
      doNow: siteIsHere ? "What is there stays there. Going on sends nothing twice." : "What is there stays there.",
    }),
    goOn: "Go on",
    leaveIt: "Leave it",
    setAside: (name: string) => ({
      what: "Your settings could not be read.",
      doNow: `They were put aside as ${name} in Signet's settings folder. Your keys are still in the password store: look for them under Sites, or add each one again from its file.`,
    }),
  },
} as const;

/** `100,000` */
/** What says nothing of a document, for nobody answered. */
const UNREACHED: readonly TrialAnswer["kind"][] = ["noSuchHost", "noConnection", "timedOut"];

const number = (count: number) => count.toLocaleString("en-GB");

const links = (count: number) => (count === 1 ? "1 link" : `${number(count)} links`);

const files = (count: number) => (count === 1 ? "1 file" : `${number(count)} files`);

const LEFT_OUT: Record<LeftOut, string> = { hidden: "hidden", link: "a link", ofSystem: "the system's own" };

const documents = (count: number) => (count === 1 ? "1 document" : `${number(count)} documents`);

const problemsFound = (count: number) => (count === 0 ? "" : count === 1 ? "1 problem" : `${number(count)} problems`);

/** What the states of a document in a list are called. */
export const fileStateNames: Record<FileState, string> = {
  waiting: "Waiting",
  going: "On its way",
  made: "Ready",
  failed: "Not made",
};

export const rowStateNames: Record<RowState, string> = {
  ready: "Ready",
  problem: "Problem",
  leftOut: "Skipped",
  made: "Made",
  failed: "Not made",
  waiting: "Not made yet",
};

/** What the states of a link are called. */
export const stateNames: Record<LinkState, string> = {
  waiting: "Not yet begun",
  works: "Working",
  ending: "Ends soon",
  ended: "Ended",
};

/** What the orders of the list of links are called. */
export const sortNames: Record<HistorySort, string> = { newest: "Newest", endsFirst: "Ends first", name: "Name" };

/** What the lifetimes are called on screen. */
export const lifetimeNames: Record<Lifetime["kind"], string> = {
  oneMinute: "One minute",
  oneHour: "One hour",
  endOfToday: "Today",
  oneDay: "Tomorrow",
  sevenDays: "One week",
  thirtyDays: "30 days",
  until: "Another day…",
};

/** What a link opens, when, and from where, in the words of a mail. */
export type ReaderTerms = { start: string | null; end: string; network: string | null; isFolder: boolean };

/** The text for a reader: what stands before the link, the link, and what stands behind it. */
export type Message = { before: string; link: string; after: string };

/** The parts of the text for a reader. No note is in it: it is only for whoever made the link. */
export function messageParts(fileName: string, link: string, { start, end, network, isFolder }: ReaderTerms): Message {
  const works = start === null ? `You can open it until ${end}.` : `You can open it from ${start} until ${end}.`;
  const where = network === null ? "" : ` It opens only from the network ${network}.`;
  return { before: `Here is your ${isFolder ? "link to" : "document"} ${fileName}:`, link, after: `${works}${where}` };
}

/**
 * The text as it is sent. The link stands alone on its line with nothing that touches it, so that no
 * mail program takes a full stop for a part of it; times name zone and offset, for the reader may be
 * elsewhere.
 */
export const messageText = ({ before, link, after }: Message): string => `${before}\n\n${link}\n\n${after}\n`;

/** What staff send to whoever can set Signet up for them. It says what is needed, and that it is no secret. */
export const mailForItPerson = `Hello,

I would like to share private documents by links that end by themselves, with the program Signet on my computer. It needs to be set up once. Could you do that, or send me what it takes?

Signet can set everything up by itself with a login to our AWS account ("Set up CloudFront" on its first page), or step by step by hand. Afterwards it needs:

- the address under which our documents are served by CloudFront, such as docs.example.com;
- a key pair for signed URLs, RSA 2048 or ECDSA P-256: its public key in a key group of the distribution, and the public key ID, which begins with K;
- the private key as a file, if the key pair was not made in Signet. Please hand it over in person or locked with a passphrase, and never in a mail or a chat.

The set-up is described in Signet's guide, and "Check a link" in the program says whether a link opens.

Thank you
`;
