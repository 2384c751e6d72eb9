// The shapes that cross IPC and the commands, made from src-tauri/src/ipc
// by `SIGNET_WRITE_BINDINGS=1 cargo test bindings`; do not edit.

export type SiteState = "needsKey" | "needsSetUp" | "ready" | "replacing" | "oldKeyStays";

export type SiteView = { id: string, name: string, 
/**
 * Where its documents are, `https://docs.example.com`; null until that is known.
 */
address: string | null, host: string | null, state: SiteState, 
/**
 * Oldest first.
 */
keys: Array<KeyView>, 
/**
 * The key that makes its links; null where none can be made yet.
 */
signingKeyId: string | null, 
/**
 * A key that was made to take the signing key's place and that CloudFront does not know yet.
 */
newKeyId: string | null, 
/**
 * With which lifetime *New link* begins; null for that of the last time.
 */
lifetime: Lifetime | null, 
/**
 * When the working day ends on which its links end, `18:00`.
 */
dayEnd: string, 
/**
 * Whether a link of it is tried when it was made.
 */
triesLinks: boolean, 
/**
 * Where its documents lie; null where that is not known, and then none can be put there.
 */
storage: StorageView | null, 
/**
 * What AWS calls the access key with which they are reached; null where it is a login of this computer.
 */
accessKeyId: string | null, 
/**
 * Whether something of its set-up was typed or ticked.
 */
isSetUpBegun: boolean, };

export type StorageView = { bucket: string, region: string, 
/**
 * The login of the AWS tools that reaches it; empty for the one that they would take.
 */
profile: string, 
/**
 * The part of the bucket that the distribution fetches from, mostly empty.
 */
originPath: string, 
/**
 * The distribution whose caches are told of a document that was replaced; empty where it is not known.
 */
distribution: string, 
/**
 * The folder into which new documents go, `reports/2026`; mostly empty.
 */
folder: string, };

export type SiteListView = { sites: Array<SiteView>, 
/**
 * Why it is not known which sites there are now. Nothing can be changed as long as there is one.
 */
listTrouble: IpcError | null, 
/**
 * Another number whenever something was changed by a terminal or another window.
 */
changesElsewhere: number, };

export type StartView = { lastSigner: Signer | null, lastLifetime: Lifetime | null, clock: ClockView, 
/**
 * The name of a damaged settings file that was put aside.
 */
setAside: string | null, 
/**
 * The name of a history file that could not be used and was put aside.
 */
historySetAside: string | null, sites: Array<SiteView>, 
/**
 * Why it is not known which sites there are now. Nothing can be changed as long as there is one.
 */
listTrouble: IpcError | null, 
/**
 * Another number whenever something was changed by a terminal or another window.
 */
changesElsewhere: number, };

export type ZoomChange = "larger" | "smaller" | "reset";

export type ZoomRequest = { change: ZoomChange, };

export type ZoomView = { percent: number, };

export type ClockView = { "kind": "plausible" } | { "kind": "wrong", now: number, };

export type AddSiteRequest = { name: string, };

export type RenameSiteRequest = { id: string, name: string, };

export type SiteRequest = { id: string, };

export type SiteLifetimeRequest = { id: string, lifetime: Lifetime | null, };

export type SiteDayEndRequest = { id: string, dayEnd: string, };

export type SiteTrialsRequest = { id: string, triesLinks: boolean, };

export type SiteStorageRequest = { id: string, storage: StorageView | null, };

export type SetAccessKeyRequest = { id: string, from: AccessKeyFrom, };

export type AccessKeyFrom = "file" | "clipboard";

export type AccessKeyOutcome = { "kind": "cancelled" } | { "kind": "kept", site: SiteView, 
/**
 * The file that holds it still; null where it was on the clipboard.
 */
file: AccessKeyFile | null, };

export type AccessKeyFile = { name: string, 
/**
 * The last folder's name alone, never a path.
 */
folder: string, };

export type KeyView = { id: string, name: string, kind: KeyKind, fingerprint: string, 
/**
 * What CloudFront knows of it; null for a key that it does not know yet, which makes no links.
 */
registration: Registration | null, };

export type Registration = { publicKeyId: string, hash: Hash, };

export type KeyKind = "rsa2048" | "p256";

export type Hash = "sha1" | "sha256";

export type Signer = { "kind": "practice" } | { "kind": "site", id: string, };

export type Lifetime = { "kind": "oneMinute" } | { "kind": "oneHour" } | { "kind": "endOfToday" } | { "kind": "oneDay" } | { "kind": "sevenDays" } | { "kind": "thirtyDays" } | { "kind": "until", local: string, };

export type AddKeyRequest = { 
/**
 * The site that is to have it; null for a new one of this name.
 */
siteId: string | null, 
/**
 * Of no account where a site is given.
 */
name: string, address: string, publicKeyId: string, };

export type UnlockKeyRequest = { passphrase: string, };

export type RestoreKeyRequest = { id: string, };

export type RenameKeyRequest = { id: string, name: string, };

export type ChangeHashRequest = { id: string, hash: Hash, };

export type RemoveKeyRequest = { id: string, };

export type MakeKeyRequest = { 
/**
 * The site that is to have it; null for a new one of this name.
 */
siteId: string | null, 
/**
 * Of no account where a site is given.
 */
name: string, kind: KeyKind, };

export type RegisterKeyRequest = { id: string, address: string, publicKeyId: string, };

export type PublicKeyRequest = { id: string, };

export type PublicKeyView = { pem: string, };

export type BackUpKeyRequest = { id: string, passphrase: string, repeated: string, };

export type BackUpOutcome = { "kind": "cancelled" } | { "kind": "saved", fileName: string, 
/**
 * The last folder's name alone, never a path.
 */
folderName: string, };

export type OrphansView = { "kind": "found", keys: Array<OrphanView>, 
/**
 * What is no key of Signet's, by its name there.
 */
others: Array<string>, } | { "kind": "notOffered" };

export type OrphanView = { id: string, kind: KeyKind, fingerprint: string, 
/**
 * What it is called unless the person calls it otherwise.
 */
name: string, 
/**
 * What the list calls this very key, where it is there for another site.
 */
listedAs: string | null, };

export type RestoreOrphanRequest = { id: string, name: string, };

export type RemoveOrphanRequest = { id: string, fingerprint: string, };

export type AddKeyOutcome = { "kind": "cancelled" } | { "kind": "passphraseNeeded", fileName: string, } | { "kind": "added", site: SiteView, fileName: string, 
/**
 * The last folder's name alone, never a path.
 */
folderName: string, } | { "kind": "restored" };

export type ReplaceKeyRequest = { siteId: string, kind: KeyKind, };

export type ReplacementRequest = { siteId: string, };

export type ReplacementView = { "kind": "waiting", key: KeyView, } | { "kind": "switched", key: KeyView, 
/**
 * The key whose place was taken.
 */
old: KeyView, 
/**
 * How many links of the old key work, as far as they were made here.
 */
working: number, 
/**
 * When the last of them ends.
 */
lastEnd: number | null, };

export type SwitchKeyRequest = { siteId: string, publicKeyId: string, };

export type AddressRequest = { signer: Signer, address: string, 
/**
 * The folder that the link opens, as in [`LinkLimits`]: it may be named itself then.
 */
folder: string | null, };

export type AddressView = { url: string, host: string, path: string, 
/**
 * The names of the folders that it is in, outermost first, as people read them.
 */
folders: Array<string>, fileName: string, };

export type LifetimePreviewRequest = { signer: Signer, lifetime: Lifetime, };

export type EndsRequest = { signer: Signer, };

export type EndsView = { oneMinute: number | null, oneHour: number | null, endOfToday: number | null, oneDay: number | null, sevenDays: number | null, thirtyDays: number | null, 
/**
 * When the working day ends, `18:00`.
 */
dayEnd: string, };

export type LifetimeView = { expiresAt: number, };

export type FineUnit = "milliseconds" | "microseconds" | "nanoseconds";

export type LinkLimits = { 
/**
 * A date and time on this computer's clock, `2026-12-01T09:00`, or as it was typed.
 */
start: string | null, 
/**
 * One IPv4 address or range; empty for everywhere.
 */
network: string, 
/**
 * A folder of the site; empty for the document's own.
 */
folder: string | null, };

export type LinkRequest = { signer: Signer, address: string, lifetime: Lifetime, limits: LinkLimits, 
/**
 * What to write down with it; mostly empty.
 */
note: string, };

export type LimitsView = { startsAt: number | null, network: NetworkView | null, folder: FolderView | null, };

export type NetworkView = { 
/**
 * `203.0.113.7`, or `203.0.113.0/24`.
 */
text: string, readers: NetworkReaders, };

export type NetworkReaders = "nobody" | "ofExamples" | "everybody" | "some";

export type FolderView = { 
/**
 * Encoded path, with wildcards.
 */
path: string, examples: Array<ExampleView>, };

export type ExampleView = { path: string, opens: boolean, };

export type LinkView = { 
/**
 * Names it for its trial, as long as no other link is made.
 */
number: number, link: string, url: string, host: string, fileName: string, signer: Signer, address: string, lifetime: Lifetime, limits: LinkLimits, 
/**
 * What the limits mean.
 */
limited: LimitsView, createdAt: number, expiresAt: number, 
/**
 * None for a link of more than 2,953 bytes, which no QR code holds.
 */
qr: QrView | null, 
/**
 * Its entry in the list; none for practice, and where it could not be written.
 */
entryId: number | null, historyTrouble: HistoryTrouble | null, };

export type QrView = { 
/**
 * Modules a side, without the quiet zone of 4 around.
 */
modules: number, 
/**
 * An SVG path in a view box of `modules + 8` a side.
 */
path: string, };

export type CopyRequest = { text: string, };

export type SaveQrRequest = { link: string, format: QrFormat, suggestedName: string, };

export type QrFormat = "png" | "svg";

export type SaveOutcome = { "kind": "cancelled" } | { "kind": "saved", fileName: string, };

export type OpenLinkRequest = { link: string, };

export type InspectRequest = { text: string, };

export type InspectionView = { verdict: VerdictView, findings: Array<FindingView>, repairs: Array<RepairView>, 
/**
 * How many other signed links were pasted with it.
 */
others: number, 
/**
 * The link as it was before it was changed on the way, where it opens so.
 */
mended: string | null, 
/**
 * Its document, where a site that is here has it; null for one that is elsewhere.
 */
document: TypedDocumentView | null, details: DetailsView, };

export type TypedDocumentView = { signer: Signer, typed: string, };

export type VerdictView = { "kind": "works", 
/**
 * The first second at which it no longer opens.
 */
until: number, } | { "kind": "signatureNotChecked", 
/**
 * The key's name.
 */
key: string, 
/**
 * The first second at which it no longer opens.
 */
until: number, } | { "kind": "ended", 
/**
 * Since this second.
 */
at: number, } | { "kind": "notBegun", 
/**
 * The first second at which it opens.
 */
from: number, } | { "kind": "cutOff", 
/**
 * The parameters that are missing or not whole.
 */
missing: Array<string>, } | { "kind": "parameterMissing", 
/**
 * Their names; `Expires` stands for `Expires` or `Policy`.
 */
names: Array<string>, } | { "kind": "altered" } | { "kind": "addedAfterSigning", 
/**
 * Their names.
 */
names: Array<string>, } | { "kind": "pointsElsewhere", 
/**
 * The host that was signed.
 */
signedFor: string, 
/**
 * The link's own.
 */
pointsAt: string, } | { "kind": "schemeChanged", 
/**
 * The scheme that was signed.
 */
signedFor: string, 
/**
 * The link's own.
 */
pointsAt: string, } | { "kind": "pathChanged", 
/**
 * The address that was signed.
 */
signedFor: string, 
/**
 * The link's own.
 */
pointsAt: string, } | { "kind": "encodedTwice", 
/**
 * The address that was signed.
 */
signedFor: string, } | { "kind": "signedUnencoded", 
/**
 * The address that was signed.
 */
signedFor: string, } | { "kind": "composedOtherwise", 
/**
 * The address that was signed.
 */
signedFor: string, } | { "kind": "signedForPlaylist", 
/**
 * The address that was signed.
 */
signedFor: string, } | { "kind": "policyWrittenOtherwise", 
/**
 * What is other.
 */
how: PolicyWriting, } | { "kind": "outsideResource", 
/**
 * What it opens.
 */
resource: string, } | { "kind": "endInMilliseconds", 
/**
 * As it stands there.
 */
stated: number, 
/**
 * The second that was signed.
 */
meant: number, } | { "kind": "endSignedInMilliseconds", 
/**
 * As it stands there.
 */
stated: number, 
/**
 * As it was signed.
 */
signed: number, } | { "kind": "endUnreadable", 
/**
 * As it stands there.
 */
stated: string, } | { "kind": "wrongHash", 
/**
 * What `Hash-Algorithm` says, where it stands there.
 */
stated: string | null, 
/**
 * What it was signed with, where that can be told.
 */
signedWith: Hash | null, } | { "kind": "otherKeySigned", 
/**
 * The id in the link.
 */
id: string, 
/**
 * The name of the key that signed.
 */
key: string, 
/**
 * The id of the key that signed.
 */
keyId: string, } | { "kind": "keyOfOtherSize", 
/**
 * The size of its modulus.
 */
bits: number, } | { "kind": "unknownKey", 
/**
 * The id in the link.
 */
id: string, } | { "kind": "idIsNotAKeyId", 
/**
 * What it is.
 */
instead: PublicKeyIdError, } | { "kind": "idDamaged", 
/**
 * The name of the key that signed.
 */
key: string, 
/**
 * The id of the key that signed.
 */
keyId: string, } | { "kind": "signedForOtherService", 
/**
 * As the service is called.
 */
service: string, } | { "kind": "storageAddress", 
/**
 * The storage's host, or `s3://bucket`.
 */
host: string, 
/**
 * Whether it has a signature of the storage's own.
 */
presigned: boolean, } | { "kind": "notSigned" } | { "kind": "wrapped", 
/**
 * Whose.
 */
by: Wrapper, } | { "kind": "misnamed", 
/**
 * As it stands there.
 */
given: string, 
/**
 * As it must be.
 */
meant: string, } | { "kind": "bothPolicyAndExpires" } | { "kind": "duplicatedParameter", 
/**
 * Its name.
 */
name: string, } | { "kind": "signatureUnreadable", 
/**
 * What is wrong with it.
 */
why: SignatureFault, } | { "kind": "policyUnreadable", 
/**
 * Which rule it breaks.
 */
why: PolicyFault, } | { "kind": "tooLong", 
/**
 * Its length in bytes.
 */
length: number, 
/**
 * The most it may have.
 */
most: number, } | { "kind": "cookiesWithoutAddress", 
/**
 * The first second at which they no longer open.
 */
until: number, };

export type FindingView = { "kind": "cookiesInstead" } | { "kind": "opensEverything" } | { "kind": "opensMore", 
/**
 * With wildcards.
 */
resource: string, } | { "kind": "onlyFrom", 
/**
 * The network.
 */
network: Network, 
/**
 * Whether it is one from which no reader comes: an office's or a home's own.
 */
private: boolean, } | { "kind": "endInMilliseconds", 
/**
 * As it was signed.
 */
stated: number, 
/**
 * The second that was probably meant.
 */
meant: number, } | { "kind": "startInMilliseconds", 
/**
 * As it was signed.
 */
stated: number, 
/**
 * The second that was probably meant.
 */
meant: number, } | { "kind": "neverOpens" } | { "kind": "notSecure" } | { "kind": "cannotSee", 
/**
 * Each of it.
 */
unseen: Array<UnseenView>, };

export type Network = string;

export type UnseenView = "missing" | "bucketPolicy" | "distribution" | "firewall" | "public" | "readersNetwork" | "longDownload";

export type RepairView = { "kind": "base64" } | { "kind": "quotedPrintable" } | { "kind": "encodedWords" } | { "kind": "jsonEscapes" } | { "kind": "unwrapped", 
/**
 * Whose.
 */
from: Wrapper, } | { "kind": "htmlEntities" } | { "kind": "encodedTwice" } | { "kind": "lineBreaks", 
/**
 * How many.
 */
count: number, } | { "kind": "replyMarks" } | { "kind": "spaces" } | { "kind": "hiddenCharacters", 
/**
 * How many.
 */
count: number, } | { "kind": "punctuation", 
/**
 * The characters.
 */
removed: string, } | { "kind": "fragment" } | { "kind": "encoded" } | { "kind": "schemeAdded" } | { "kind": "slashes" } | { "kind": "escapeMarks" } | { "kind": "paddingRestored" };

export type Wrapper = { 
/**
 * Its name for scripts; `other` for one that is not known.
 */
kind: string, 
/**
 * As it is called; of one that is not known the host.
 */
name: string, };

export type DetailsView = { 
/**
 * Without the signing parameters.
 */
address: string | null, 
/**
 * Whether it was cookies.
 */
isCookies: boolean, 
/**
 * Whether the policy is custom; null where there is none.
 */
isCustom: boolean | null, 
/**
 * What a custom policy opens; empty where it opens everything.
 */
resource: string | null, startsAt: number | null, endsAt: number | null, network: string | null, keyId: string | null, 
/**
 * The name of the key of the list that has this id.
 */
key: string | null, 
/**
 * `SHA-1`, `SHA-256`, or the word that stands there.
 */
hash: string, signature: SignatureView, 
/**
 * `RSA 2048` or `P-256`, by the signature's length.
 */
signedWith: string | null, };

export type SignatureView = "valid" | "wrong" | "notChecked" | "none";

export type SignatureFault = "otherBase64" | "noBase64";

export type PolicyFault = { "kind": "otherBase64" } | { "kind": "notBase64" } | { "kind": "cut" } | { "kind": "notJson" } | { "kind": "escaped" } | { "kind": "noStatement" } | { "kind": "statementNotAList" } | { "kind": "severalStatements", 
/**
 * How many.
 */
count: number, } | { "kind": "wrongName", 
/**
 * As it stands there, shortened.
 */
given: string, 
/**
 * As it should.
 */
meant: string, } | { "kind": "resourceNotText" } | { "kind": "noEnd" } | { "kind": "timeInQuotes" } | { "kind": "timeNotWhole" } | { "kind": "ipv6" } | { "kind": "severalNetworks" } | { "kind": "networkUnreadable" } | { "kind": "other" };

export type PolicyWriting = "escaped" | "whiteSpace" | "endInQuotes" | "otherOrder";

export type PublicKeyIdError = { "why": "empty" } | { "why": "isDistributionId", 
/**
 * What was pasted.
 */
id: string, } | { "why": "isKeyGroupId", 
/**
 * What was pasted.
 */
id: string, } | { "why": "isAccessKey" } | { "why": "isPem" } | { "why": "notFilledIn" } | { "why": "smallLetters" } | { "why": "invalid" };

export type TrialRequest = { text: string, };

export type TrialView = { host: string, 
/**
 * What the link with its signature got.
 */
signed: TrialAnswer, 
/**
 * Whether it is only most likely so: seen of the services, and not documented.
 */
likely: boolean, 
/**
 * Whether the document is given without a signature too; none where that could not be seen.
 */
isPublic: boolean | null, 
/**
 * This computer's clock beside the site's; none where it did not say.
 */
clock: TrialClockView | null, };

export type FreshLinkRequest = { number: number, };

export type OpeningView = { "kind": "notTried", why: NotTried, } | { "kind": "tried", answer: Opening, };

export type NotTried = "switchedOff" | "notBegun" | "folder";

export type Opening = { "kind": "offline" } | TrialAnswer;

export type TrialAnswer = { "kind": "redirected", 
/**
 * Where to.
 */
host: string, } | { "kind": "newBucket" } | { "kind": "pointsToStorage" } | { "kind": "noSuchHost" } | { "kind": "noConnection" } | { "kind": "notTrusted" } | { "kind": "timedOut" } | Classification;

export type Classification = { "kind": "opens" } | { "kind": "keyIdMissing" } | { "kind": "keyUnknown" } | { "kind": "signatureMalformed" } | { "kind": "policyMalformed" } | { "kind": "refused" } | { "kind": "storageRefused" } | { "kind": "storageAddressSigned" } | { "kind": "linksNotAsked" } | { "kind": "archived" } | { "kind": "encryptionKeyRefused" } | { "kind": "allAccessDisabled" } | { "kind": "noSuchBucket" } | { "kind": "errorPage", 
/**
 * The status code that the site has given it.
 */
status: number, } | { "kind": "notFound" } | { "kind": "blocked" } | { "kind": "unexpected", 
/**
 * The status code.
 */
status: number, };

export type TrialClockView = { "kind": "right" } | { "kind": "ahead", 
/**
 * By so much.
 */
seconds: number, } | { "kind": "behind", 
/**
 * By so much.
 */
seconds: number, };

export type PracticeView = { site: string, host: string, documentAddress: string, };

export type LinkState = "waiting" | "works" | "ending" | "ended";

export type StateCounts = { 
/**
 * Those that do not work yet.
 */
waiting: number, 
/**
 * Those that work, but for the next.
 */
works: number, 
/**
 * Those that work for less than an hour more.
 */
ending: number, 
/**
 * Those that no longer work.
 */
ended: number, 
/**
 * The first moment, Unix time, at which a link may be in another state; `None` where all have ended.
 */
nextChange: number | null, };

export type HistorySort = "newest" | "endsFirst" | "name";

export type HistoryRequest = { search: string, state: LinkState | null, keyId: string | null, sort: HistorySort, skip: number, take: number, };

export type HistoryView = { entries: Array<EntryView>, 
/**
 * How many match in all.
 */
found: number, total: number, 
/**
 * In which states they are, of all that match but for the state; null behind the first page, and
 * where nothing was ever made.
 */
counts: StateCounts | null, 
/**
 * How many of those asked for say nothing that this version understands.
 */
unreadable: number, };

export type EntryView = { id: number, fileName: string, url: string, host: string, keyId: string, 
/**
 * As it is now; as it was for a key that was removed.
 */
keyName: string, keyIsHere: boolean, createdAt: number, startsAt: number | null, expiresAt: number, network: string | null, 
/**
 * Encoded path, with wildcards.
 */
folder: string | null, note: string, };

export type EntryRequest = { id: number, };

export type NoteRequest = { id: number, note: string, };

export type EntriesRequest = { ids: Array<number>, };

export type LinksOfKeyRequest = { keyId: string, };

export type ExportRequest = { withLinks: boolean, };

export type RecipeView = { 
/**
 * The site that has the key; null where none has it any more.
 */
signer: Signer | null, 
/**
 * As a person types it on that site.
 */
address: string, limits: LinkLimits, lifetime: Lifetime, 
/**
 * For whom it was.
 */
note: string, };

export type HistoryTrouble = { reason: FailReason, };

export type HistoryKeyView = { id: string, name: string, isHere: boolean, };

export type DropView = { "kind": "over" } | { "kind": "left" } | { "kind": "dropped", 
/**
 * Names, as lines of a list.
 */
names: Array<string>, 
/**
 * What is typed for the one file, where it was one.
 */
only: string | null, 
/**
 * Folders of which the system did not say what is in them.
 */
skipped: Array<string>, 
/**
 * The files themselves; null where it was one that cannot be read.
 */
taken: Taken | null, };

export type Taken = { "kind": "document", "taken": DocumentView } | { "kind": "files", "taken": FilesView } | { "kind": "refused", "taken": IpcError };

export type DocumentView = { 
/**
 * Names it, as long as no other file is chosen.
 */
number: number, name: string, 
/**
 * In bytes.
 */
size: number, 
/**
 * What is typed for a document of this name.
 */
typed: string, };

export type ChosenDocument = { "kind": "cancelled" } | { "kind": "chosen", document: DocumentView, } | { "kind": "several", files: FilesView, };

export type ChooseFilesRequest = { isFolder: boolean, };

export type ChosenFiles = { "kind": "cancelled" } | { "kind": "chosen", files: FilesView, };

export type ShareFilesRequest = { signer: Signer, 
/**
 * The folder of the site into which they go; mostly empty.
 */
folder: string, lifetime: Lifetime, 
/**
 * What becomes of documents that are there already under their names.
 */
existing: Existing, };

export type FilesView = { total: number, 
/**
 * In bytes.
 */
size: number, stage: FilesStage, 
/**
 * Those that have their link.
 */
made: number, failed: number, 
/**
 * Those of whose name one is on the site already.
 */
there: number, 
/**
 * How many links that were made here and still work open those; null where that is not known.
 */
linksThere: number | null, 
/**
 * Those that are kept beside another one.
 */
beside: number, replaced: number, 
/**
 * Whether readers may get one of the old documents for a day.
 */
isOldForADay: boolean, 
/**
 * In bytes.
 */
sent: number, 
/**
 * The name of the file that is on its way.
 */
going: string | null, 
/**
 * The site to which they go, once that was said; null in practice too.
 */
siteId: string | null, 
/**
 * What it is called.
 */
siteName: string, 
/**
 * The folder of it.
 */
folder: string, 
/**
 * When their links end, once that was said.
 */
expiresAt: number | null, 
/**
 * The first of what was left out of folders.
 */
leftOut: Array<LeftOutView>, 
/**
 * How many there are besides.
 */
moreLeftOut: number, 
/**
 * Why it ended by itself.
 */
trouble: IpcError | null, };

export type FilesStage = "chosen" | "looking" | "asked" | "going" | "stopped" | "finished";

export type LeftOutView = { name: string, why: LeftOut, };

export type LeftOut = "hidden" | "link" | "ofSystem";

export type UnfinishedFilesView = { begunAt: number, total: number, 
/**
 * As it is now; empty where it is not here any more.
 */
siteName: string, siteIsHere: boolean, };

export type FilesState = { files: FilesView | null, unfinished: UnfinishedFilesView | null, };

export type FileRowsRequest = { 
/**
 * Those alone that have no link.
 */
onlyNotMade: boolean, skip: number, take: number, };

export type FileRowsView = { rows: Array<FileRowView>, found: number, };

export type FileRowView = { 
/**
 * Its place, from 0.
 */
id: number, 
/**
 * With the folders below the one that was chosen.
 */
name: string, 
/**
 * In bytes.
 */
size: number, state: FileState, 
/**
 * What is on the site already under its name, in bytes.
 */
thereSize: number | null, therePutAt: number | null, 
/**
 * What it is called there, where it is kept beside another one.
 */
keptAs: string | null, replaced: boolean, expiresAt: number | null, error: IpcError | null, };

export type FileState = "waiting" | "going" | "made" | "failed";

export type FileRequest = { id: number, };

export type ShareRequest = { 
/**
 * The number of the file.
 */
document: number, 
/**
 * The folder of the site into which it goes; mostly empty.
 */
folder: string, existing: Existing, signer: Signer, lifetime: Lifetime, limits: LinkLimits, note: string, };

export type Existing = "ask" | "keepBoth" | "replace";

export type ShareOutcome = { "kind": "shared", link: LinkView, caches: CachesView | null, } | { "kind": "alreadyThere", already: AlreadyThereView, };

export type AlreadyThereView = { name: string, 
/**
 * In bytes.
 */
size: number, putAt: number, 
/**
 * In bytes.
 */
ownSize: number, ownChangedAt: number | null, 
/**
 * What the new one is called if both are kept.
 */
keptAs: string, 
/**
 * How many links that were made here and still work open what is there; null where that is not known.
 */
links: number | null, };

export type ShareProgressView = { 
/**
 * In bytes.
 */
sent: number, 
/**
 * In bytes.
 */
size: number, };

export type CachesView = "told" | "notTold";

export type OpenFolderRequest = { signer: Signer, 
/**
 * As a row named it; empty for the site's first one.
 */
folder: string, };

export type OpenFolderView = { 
/**
 * Names it, as long as no other one is opened.
 */
number: number, isWhole: boolean, 
/**
 * How many folders and documents were read.
 */
read: number, 
/**
 * How many there are besides that no link can open, in what was read.
 */
withoutAddress: number, };

export type ReadFolderRequest = { number: number, 
/**
 * So many answers of the storage; null to the end.
 */
answers: number | null, };

export type FolderOrder = "newest" | "name";

export type FolderPageRequest = { number: number, 
/**
 * A part of a name.
 */
search: string, order: FolderOrder, skip: number, take: number, };

export type FolderPageView = { rows: Array<FolderRowView>, found: number, 
/**
 * By name where not all was read, whatever was asked for.
 */
order: FolderOrder, folder: OpenFolderView, };

export type FolderRowView = { "kind": "folder", id: number, name: string, 
/**
 * What it is opened by.
 */
folder: string, } | { "kind": "document", id: number, name: string, 
/**
 * In bytes.
 */
size: number, putAt: number, 
/**
 * What is typed for it; null where no link of the site can open it.
 */
typed: string | null, };

export type CloseFolderRequest = { number: number, };

export type StoredDocumentRequest = { 
/**
 * The folder's.
 */
number: number, 
/**
 * The row's.
 */
id: number, };

export type DocumentLinksView = { 
/**
 * How many open it alone.
 */
own: number, 
/**
 * How many open it among others of a folder.
 */
ofFolders: number, 
/**
 * The first of both, the newest first.
 */
first: Array<EntryView>, };

export type RenameDocumentRequest = { number: number, id: number, 
/**
 * With its folder, as a person types it: `reports/2026/Contract.pdf`.
 */
to: string, };

export type ReplaceDocumentRequest = { number: number, id: number, 
/**
 * The number of the file.
 */
document: number, };

export type ChangedDocumentView = { 
/**
 * What it was called, or is called now, with its folder.
 */
name: string, 
/**
 * Names what can be undone; null where it cannot.
 */
undo: number | null, caches: CachesView, };

export type UndoDocumentRequest = { undo: number, };

export type DocumentKeyError = { "why": "empty" } | { "why": "tooLong", 
/**
 * In UTF-8, composed.
 */
length: number, 
/**
 * [`MAX_KEY_BYTES`].
 */
most: number, } | { "why": "hidden", 
/**
 * `U+202E`.
 */
character: string, 
/**
 * What it is called.
 */
name: string, } | { "why": "hasBackslash" } | { "why": "emptyFolder" } | { "why": "dots", 
/**
 * Which.
 */
segment: string, } | { "why": "isFolder" };

export type OpenFileError = { "why": "notFound" } | { "why": "folder" } | { "why": "linkToFolder" } | { "why": "deadLink" } | { "why": "pipe" } | { "why": "device" } | { "why": "notAllowed" } | { "why": "unreadable" };

export type FileTrouble = { "why": "changed" } | { "why": "shrank" } | { "why": "vanished" } | { "why": "unreadable" };

export type ReadListRequest = { siteId: string, text: string, 
/**
 * The folder of the site in which names are; mostly empty.
 */
folder: string, };

export type ChooseListRequest = { siteId: string, folder: string, };

export type ListOutcome = { "kind": "cancelled" } | { "kind": "read", fileName: string, list: BatchView, };

export type BatchStage = "planned" | "making" | "stopped" | "finished";

export type QuestionView = { "kind": "column", 
/**
 * Which of the columns that are asked about.
 */
column: number, 
/**
 * Empty where it has none.
 */
heading: string, 
/**
 * Its place in the table, from 1.
 */
number: number, example: string, asks: ColumnAsks, answer: boolean | null, rows: number, } | { "kind": "order", example: string, 
/**
 * With the day first, and with the month first.
 */
readings: [string, string], rows: number, };

export type ColumnAsks = "isEnd" | "ignoresStart" | "ignoresNetwork";

export type AnswerListRequest = { "kind": "column", column: number, answer: boolean, } | { "kind": "order", isDayFirst: boolean, };

export type BatchView = { siteId: string, siteName: string, host: string, total: number, 
/**
 * Rows that cannot be made as they are, and are not left out.
 */
problems: number, leftOut: number, 
/**
 * Rows that say their own end.
 */
ownEnds: number, 
/**
 * The encoding in which its file was read, unless that is UTF-8.
 */
encoding: string | null, 
/**
 * What the person is asked about the list as a whole; rows that wait for an answer have a problem.
 */
questions: Array<QuestionView>, stage: BatchStage, made: number, failed: number, 
/**
 * Links that are not in the history.
 */
unlisted: number, 
/**
 * Links a second since the making began; 0 before.
 */
rate: number, 
/**
 * Why the making ended by itself, or why links are unlisted.
 */
trouble: IpcError | null, };

export type UnfinishedView = { startedAt: number, total: number, made: number, 
/**
 * As it is now; the name of the key that made it where no site has that any more.
 */
siteName: string, siteIsHere: boolean, };

export type BatchState = { list: BatchView | null, unfinished: UnfinishedView | null, };

export type RowsFilter = "all" | "problems" | "made" | "notMade";

export type RowsRequest = { show: RowsFilter, skip: number, take: number, };

export type RowsView = { rows: Array<RowView>, found: number, };

export type RowState = "ready" | "problem" | "leftOut" | "waiting" | "made" | "failed";

export type RowView = { 
/**
 * Its place in the list, from 0.
 */
id: number, 
/**
 * Its line in the text, from 1.
 */
line: number, typed: string, 
/**
 * Empty where the address cannot be read.
 */
fileName: string, url: string | null, 
/**
 * The row's own end as it was written; mostly empty.
 */
end: string, 
/**
 * Whether that is a spreadsheet's number of a day.
 */
isDayNumber: boolean, 
/**
 * Of the row's own end, or of its link.
 */
expiresAt: number | null, note: string, state: RowState, error: IpcError | null, };

export type MendRowRequest = { id: number, typed: string, end: string, note: string, };

export type LeaveOutRequest = { ids: Array<number>, leftOut: boolean, };

export type CreateBatchRequest = { lifetime: Lifetime, };

export type RowRequest = { id: number, };

export type SheetRequest = { skip: number, take: number, };

export type SheetCode = { fileName: string, note: string, expiresAt: number, qr: QrView, };

export type SetUpStep = "key" | "documents" | "publicKey" | "keyGroup" | "accessControl" | "distribution" | "bucketPolicy" | "restrictViewerAccess" | "connect";

export type SetUpAnswers = { 
/**
 * Which key, as the list of keys names it.
 */
keyId: string, 
/**
 * Where the documents are.
 */
bucket: string, 
/**
 * Where that is.
 */
region: string, 
/**
 * The distribution that is there; empty for a new one.
 */
distributionId: string, 
/**
 * The ID that CloudFront gave to the key.
 */
publicKeyId: string, 
/**
 * The distribution's ARN.
 */
arn: string, 
/**
 * The distribution's domain name, or another name of it.
 */
domain: string, 
/**
 * The AWS profile that Signet uses; empty for the login that the environment has.
 */
profile: string, 
/**
 * The steps that the person has done.
 */
done: Array<SetUpStep>, };

export type SetUpField = "bucket" | "region" | "distributionId" | "publicKeyId" | "arn" | "domain";

export type SetUpValueName = "name" | "key" | "origin" | "policy" | "statement";

export type SetUpValue = { name: SetUpValueName, text: string, };

export type SetUpStepState = "waiting" | "open" | "done";

export type SetUpStepView = { step: SetUpStep, state: SetUpStepState, values: Array<SetUpValue>, };

export type SetUpFieldError = { field: SetUpField, error: IpcError, };

export type SetUpUnderstood = { field: SetUpField, text: string, };

export type SetUpKeyView = { id: string, name: string, isRegistered: boolean, };

export type SetUpView = { answers: SetUpAnswers, key: SetUpKeyView | null, steps: Array<SetUpStepView>, errors: Array<SetUpFieldError>, understood: Array<SetUpUnderstood>, 
/**
 * Whether what is right will be here after a restart.
 */
saved: boolean, 
/**
 * Why it will not, or why the key's public half is not to be had.
 */
trouble: IpcError | null, };

export type SetUpRequest = { siteId: string, };

export type AnswerSetUpRequest = { siteId: string, answers: SetUpAnswers, };

export type CopySetUpValueRequest = { siteId: string, step: SetUpStep, value: SetUpValueName, };

export type SaveHandoffRequest = { siteId: string, kind: HandoffKind, };

export type HandoffKind = "page" | "script" | "template";

export type SetUpResultRequest = { siteId: string, text: string, };

export type AwsBucketView = { name: string, region: string | null, };

export type AwsDistributionView = { id: string, host: string, comment: string, };

export type AwsPlacesView = { account: string, buckets: Array<AwsBucketView>, distributions: Array<AwsDistributionView>, 
/**
 * Where the site's documents are; null for a site whose address is not known yet.
 */
site: SitePlaceView | null, };

export type SitePlaceView = { "kind": "one", distributionId: string, bucket: string, region: string | null, } | { "kind": "none" } | { "kind": "several", ids: Array<string>, } | { "kind": "noBucket", id: string, };

export type PlanStep = "accessControl" | "publicKey" | "keyGroup" | "newDistribution" | "bucketPolicy" | "changeDistribution" | "documentUser" | "documentPolicy" | "accessKey";

export type PlanDifferenceOf = "accessControl" | "keyGroups" | "policy" | "documentPolicy" | "accessKey";

export type PlanDifference = { what: PlanDifferenceOf, before: string | null, after: string, };

export type PlanStepView = { step: PlanStep, isDone: boolean, id: string | null, changes: Array<PlanDifference>, };

export type PlanView = { account: string, name: string, steps: Array<PlanStepView>, isNothing: boolean, 
/**
 * What opens for everyone today will need a link.
 */
closesDocuments: boolean, 
/**
 * The paths that stay open to everyone.
 */
staysOpen: Array<string>, 
/**
 * Who may open what of the bucket once it is done.
 */
access: Array<AccessRowView>, 
/**
 * What else of a distribution that is there has a bearing on links.
 */
remarks: Array<CheckLineView>, hasIpv6: boolean, };

export type MadeThing = "accessControl" | "publicKey" | "keyGroup" | "distribution" | "policy" | "change" | "documentUser" | "documentPolicy" | "accessKey";

export type SetUpWorkView = { "kind": "making", step: PlanStep, } | { "kind": "takingBack", thing: MadeThing, } | { "kind": "waiting" };

export type MadeView = { thing: MadeThing, id: string | null, };

export type DocumentLoginRequest = { 
/**
 * Documents are also renamed and removed with it.
 */
mayRemove: boolean, };

export type PlanSetUpRequest = { siteId: string, documentLogin: DocumentLoginRequest | null, };

export type JournalView = { account: string, made: Array<MadeView>, };

export type WhyKept = "differs" | "othersUseIt" | "hasMore";

export type LeftView = { thing: MadeThing, id: string | null, why: WhyKept, };

export type CheckSetUpRequest = { siteId: string, document: string, };

export type CheckState = "right" | "waiting" | "note" | "wrong" | "notSeen";

export type CheckSum = "wrong" | "waiting" | "notSeen" | "right";

export type DocumentAction = "list" | "put" | "read" | "abort" | "remove" | "invalidate";

export type NoAccess = { "why": "accessKeyMissing" } | { "why": "accessKeyUnknown" } | { "why": "accessKeyMismatch" } | { "why": "otherAccount", 
/**
 * Which.
 */
account: string, } | { "why": "login" } | { "why": "bucket" } | { "why": "noAnswer" };

export type UnfitWhy = "otherBucket" | "otherBehaviour" | "website" | "customOrigin" | "staging" | "multiTenant" | "keyGroupsFull";

export type CheckLine = { "kind": "keyHeld", 
/**
 * Its id.
 */
id: PublicKeyId, } | { "kind": "keyMissing" } | { "kind": "otherKey", 
/**
 * Its id.
 */
id: PublicKeyId, } | { "kind": "noDistribution" } | { "kind": "switchedOff", 
/**
 * Its id.
 */
id: DistributionId, } | { "kind": "deployed", 
/**
 * Its id.
 */
id: DistributionId, } | { "kind": "deploying", 
/**
 * Its id.
 */
id: DistributionId, } | { "kind": "unfit", 
/**
 * Its id.
 */
id: DistributionId, 
/**
 * What is in the way.
 */
why: UnfitWhy, } | { "kind": "keyActive" } | { "kind": "keyNotActive" } | { "kind": "asksForLinks" } | { "kind": "openToEveryone" } | { "kind": "pathsOpen", 
/**
 * Which.
 */
paths: Array<string>, } | { "kind": "pathsOtherKeys", 
/**
 * Which; `*` is the default behaviour's.
 */
paths: Array<string>, } | { "kind": "legacySigners", 
/**
 * Which; `*` is the default behaviour's.
 */
paths: Array<string>, } | { "kind": "accessControl" } | { "kind": "noAccessControl" } | { "kind": "letIn" } | { "kind": "notLetIn" } | { "kind": "letInPartly" } | { "kind": "letInPerhaps" } | { "kind": "denied", 
/**
 * What it is called, if it has a name.
 */
sid: string | null, 
/**
 * Its place among the statements, from 1.
 */
number: number, 
/**
 * It refuses documents for certain; otherwise only a request shows it.
 */
isCertain: boolean, 
/**
 * It refuses all of them.
 */
isOfAll: boolean, } | { "kind": "anyDistributionLetIn" } | { "kind": "othersLetIn", 
/**
 * Whom.
 */
who: Array<string>, } | { "kind": "namesListed", 
/**
 * Whose statement does.
 */
by: ListedBy, 
/**
 * A document stands at the site's root, where the list would be shown.
 */
hasRootObject: boolean, } | { "kind": "policyUnreadable" } | { "kind": "publicBlocked" } | { "kind": "publicNotBlocked" } | { "kind": "encryptedByS3" } | { "kind": "encryptedByAwsKey" } | { "kind": "encryptedByKms", 
/**
 * Which.
 */
key: string, } | { "kind": "unfinishedEnds" } | { "kind": "unfinishedStays" } | { "kind": "unfinishedNotSeen" } | { "kind": "documentsAllowed", 
/**
 * What.
 */
action: DocumentAction, } | { "kind": "documentsRefused", 
/**
 * What.
 */
action: DocumentAction, } | { "kind": "documentsNotSeen", 
/**
 * What.
 */
action: DocumentAction, } | { "kind": "documentsNotReached", } & ({ "why": "accessKeyMissing" } | { "why": "accessKeyUnknown" } | { "why": "accessKeyMismatch" } | { "why": "otherAccount", 
/**
 * Which.
 */
account: string, } | { "why": "login" } | { "why": "bucket" } | { "why": "noAnswer" }) | { "kind": "continuousDeployment" } | { "kind": "originGroup", 
/**
 * Their hosts.
 */
hosts: Array<string>, 
/**
 * The bucket is asked first, and they where it fails.
 */
isFirst: boolean, } | { "kind": "originPath", 
/**
 * Which.
 */
path: string, } | { "kind": "webAcl" } | { "kind": "errorPages", 
/**
 * HTTP's codes: 403, 404 or both.
 */
codes: Array<number>, } | { "kind": "securityHeaders" } | { "kind": "noSecurityHeaders" } | { "kind": "securityHeadersNotSeen" } | { "kind": "logsKept", 
/**
 * In this bucket.
 */
bucket: string, 
/**
 * The documents are there too.
 */
isWithDocuments: boolean, 
/**
 * Whom its policy lets read them, where that was seen; `*` is everybody.
 */
readers: Array<string> | null, } | { "kind": "realTimeLogs", 
/**
 * Of requests for these paths; `*` is the default behaviour's.
 */
paths: Array<string>, } | { "kind": "logsNotSeen" } | { "kind": "queryKept", 
/**
 * As `response-content-disposition`.
 */
parameter: string, } | { "kind": "queryShared", 
/**
 * Which.
 */
parameter: string, } | { "kind": "queryDropped", 
/**
 * Which.
 */
parameter: string, } | { "kind": "queryNotSeen", 
/**
 * Which.
 */
parameter: string, } | { "kind": "ipv6" } | { "kind": "unsignedRefused" } | { "kind": "unsignedOpens" } | { "kind": "unsignedUnknown" } | { "kind": "signedOpens" } | { "kind": "signedRefused" };

export type Denial = { 
/**
 * What it is called, if it has a name.
 */
sid: string | null, 
/**
 * Its place among the statements, from 1.
 */
number: number, 
/**
 * It refuses documents for certain; otherwise only a request shows it.
 */
isCertain: boolean, 
/**
 * It refuses all of them.
 */
isOfAll: boolean, };

export type ListedBy = "signet" | "others";

export type PublicKeyId = string;

export type DistributionId = string;

export type CheckLineView = { state: CheckState, line: CheckLine, };

export type Opener = "everyone" | "thisKey" | "thisKeyAndOthers" | "otherKeys";

export type TrustedGroup = { 
/**
 * Its id.
 */
id: string, 
/**
 * The ids of the public keys in it that are in force; none while it is being deployed.
 */
keys: Array<string>, 
/**
 * This key is one of them, or will be.
 */
hasKey: boolean, };

export type BehaviourAccess = { 
/**
 * Its pattern, as `/reports/*`; `None` of the default one, which is for all that no other is for.
 */
path: string | null, 
/**
 * The key groups whose links open it. Where there are none and no signers, everybody may.
 */
groups: Array<TrustedGroup>, 
/**
 * Links by the old key pairs of AWS accounts open it too.
 */
hasSigners: boolean, };

export type AccessRowView = { opensFor: Opener, 
/**
 * Its pattern, as `/reports/*`; `None` of the default one, which is for all that no other is for.
 */
path: string | null, 
/**
 * The key groups whose links open it. Where there are none and no signers, everybody may.
 */
groups: Array<TrustedGroup>, 
/**
 * Links by the old key pairs of AWS accounts open it too.
 */
hasSigners: boolean, };

export type CheckView = { account: string, sum: CheckSum, lines: Array<CheckLineView>, 
/**
 * Who may open what of the bucket; nothing where there is no distribution.
 */
access: Array<AccessRowView>, };

export type FailReason = "diskFull" | "readOnly" | "other";

export type NameError = { "why": "empty" } | { "why": "tooLong", 
/**
 * The most characters a name may have.
 */
most: number, };

export type SiteAddressError = { "why": "empty" } | { "why": "invalid" } | { "why": "notSecure" } | { "why": "isStorageAddress", 
/**
 * The host that was typed.
 */
host: string, } | { "why": "isDistributionId", 
/**
 * What was typed.
 */
id: string, } | { "why": "isConsole" } | { "why": "hasPath", 
/**
 * What follows the host.
 */
path: string, } | { "why": "hasUserInfo" };

export type KeyFileError = { "why": "empty" } | { "why": "tooLarge" } | { "why": "publicKey" } | { "why": "certificate" } | { "why": "putty" } | { "why": "openSsh" } | { "why": "jwk" } | { "why": "xml" } | { "why": "csv" } | { "why": "oldEncrypted" } | { "why": "pkcs12" } | { "why": "encryptionUnsupported" } | { "why": "lockTooHeavy" } | { "why": "rsaSize", 
/**
 * The size of its modulus.
 */
bits: number, } | { "why": "otherCurve" } | { "why": "otherKind" } | { "why": "damaged" } | { "why": "unknown" } | { "why": "manyKeys" } | { "why": "wrongPassphrase" };

export type ReadKeyFileError = { "why": "notFound" } | { "why": "notRegular" } | { "why": "tooLarge" } | { "why": "unreadable" };

export type PassphraseError = { "why": "tooShort", 
/**
 * [`Passphrase::LEAST`].
 */
least: number, };

export type KeychainError = { "why": "absent" } | { "why": "locked" } | { "why": "dismissed" } | { "why": "slow" } | { "why": "busy" } | { "why": "missing" } | { "why": "failed" };

export type SettingsError = { "why": "busy" } | { "why": "noLock" } | { "why": "newer" } | { "why": "unreadable" } | { "why": "damaged" } | { "why": "notSaved", 
/**
 * Why.
 */
reason: FailReason, };

export type AddressError = { "why": "empty" } | { "why": "namesNoDocument" } | { "why": "otherSite", 
/**
 * The host of the address, with its port if one was given.
 */
host: string, 
/**
 * The site's host.
 */
site: string, 
/**
 * The same as a folder of the site, where it may be one.
 */
suggestion: string | null, } | { "why": "isFolder", 
/**
 * Its path, encoded, with a slash on both sides.
 */
folder: string, } | { "why": "isPlaceholder", 
/**
 * That.
 */
text: string, } | { "why": "isHtml", 
/**
 * The same without it.
 */
suggestion: string | null, } | { "why": "onComputer", 
/**
 * The site's host, where it is known.
 */
site: string | null, } | { "why": "isStorageAddress", 
/**
 * The storage host, `s3://bucket`, or an ARN.
 */
host: string, 
/**
 * The document's name in the storage.
 */
suggestion: string | null, } | { "why": "forbiddenCharacter", 
/**
 * The character itself, or `U+202E` where it cannot be seen.
 */
character: string, 
/**
 * Its name in English, for the ones that need one.
 */
name: string | null, 
/**
 * The same with it encoded, or without it where it cannot be seen.
 */
suggestion: string | null, } | { "why": "hasBackslash", 
/**
 * The same with slashes.
 */
suggestion: string | null, } | { "why": "hasFragment", 
/**
 * The same without it, or with a `#` that belongs to the name.
 */
suggestion: string | null, } | { "why": "isPattern", 
/**
 * The folder that is meant, with a slash on both sides.
 */
folder: string | null, 
/**
 * The same with the asterisk as a part of the name.
 */
suggestion: string | null, } | { "why": "hasQuestionMark", 
/**
 * The text where it belongs to the name.
 */
name: string | null, 
/**
 * The text where the name ends before it.
 */
query: string | null, } | { "why": "goesUp", 
/**
 * The same, where it may be meant.
 */
suggestion: string | null, } | { "why": "several", 
/**
 * How many.
 */
count: number, 
/**
 * The same as one name, where it may be one.
 */
suggestion: string | null, } | { "why": "wordsAround", 
/**
 * The likelier reading.
 */
suggestion: string | null, } | { "why": "isFormula" } | { "why": "isLink", 
/**
 * Its document's address.
 */
suggestion: string | null, } | { "why": "isSignedForS3", 
/**
 * Its document's address.
 */
suggestion: string | null, } | { "why": "hasSigningParameter", 
/**
 * One of CloudFront's five names, in its usual spelling.
 */
name: string, 
/**
 * The same without it.
 */
suggestion: string | null, } | { "why": "tooLong", 
/**
 * Bytes of the whole URL, or of the text where that alone is too long.
 */
length: number, 
/**
 * [`MAX_BYTES`].
 */
most: number, } | { "why": "notSecure", 
/**
 * The host of the address.
 */
host: string, 
/**
 * The same with `https`.
 */
suggestion: string | null, } | { "why": "hasUserInfo" } | { "why": "invalid", 
/**
 * The address of the site that stands in it.
 */
suggestion: string | null, } | { "why": "otherScheme", 
/**
 * Lower case, without the colon.
 */
scheme: string, };

export type LifetimeError = { "why": "over" } | { "why": "tooFar", 
/**
 * [`MAX_YEARS`].
 */
years: number, } | { "why": "invalid" };

export type FolderError = { "why": "otherSite", 
/**
 * The site's host.
 */
site: string, } | { "why": "forbiddenCharacter", 
/**
 * As `U+202E`.
 */
character: string, };

export type Reading = string;

export type MomentError = { "why": "unreadable", 
/**
 * What was probably meant.
 */
suggestion: Reading | null, } | { "why": "ambiguous", 
/**
 * Both.
 */
readings: [Reading, Reading], } | { "why": "noSuchDay", 
/**
 * What was probably meant.
 */
suggestion: Reading | null, } | { "why": "noSuchTime" } | { "why": "otherWeekday", 
/**
 * The date without the weekday.
 */
suggestion: Reading, } | { "why": "unknownZone", 
/**
 * As it was written, in capitals.
 */
name: string, } | { "why": "tooFine", 
/**
 * The unit.
 */
unit: FineUnit, 
/**
 * The same point in time in seconds.
 */
suggestion: string, };

export type RowEndError = { 
/**
 * As it was written.
 */
text: string, } & ({ "why": "unreadable", 
/**
 * What was probably meant.
 */
suggestion: Reading | null, } | { "why": "ambiguous", 
/**
 * Both.
 */
readings: [Reading, Reading], } | { "why": "noSuchDay", 
/**
 * What was probably meant.
 */
suggestion: Reading | null, } | { "why": "noSuchTime" } | { "why": "otherWeekday", 
/**
 * The date without the weekday.
 */
suggestion: Reading, } | { "why": "unknownZone", 
/**
 * As it was written, in capitals.
 */
name: string, } | { "why": "tooFine", 
/**
 * The unit.
 */
unit: FineUnit, 
/**
 * The same point in time in seconds.
 */
suggestion: string, });

export type Doubt = { "why": "severalColumns" } | { "why": "severalDocuments" } | { "why": "noDocument" } | { "why": "openQuote" };

export type NoteError = { "why": "tooLong", 
/**
 * The most characters a note may have.
 */
most: number, };

export type HistoryStoreError = { "why": "notSaved", 
/**
 * Why.
 */
reason: FailReason, } | { "why": "unreadable" };

export type BucketError = { "why": "empty" } | { "why": "isAccessPoint" } | { "why": "several" } | { "why": "invalid" };

export type DistributionIdError = { "why": "empty" } | { "why": "isPublicKeyId" } | { "why": "isDomain" } | { "why": "invalid" };

export type DistributionArnError = { "why": "empty" } | { "why": "isDistributionId", 
/**
 * The id, pasted alone or in the address of a console's page.
 */
id: DistributionId, } | { "why": "isPublicKeyId" } | { "why": "isDomain" } | { "why": "isBucketArn" } | { "why": "isOther" } | { "why": "invalid" };

export type SetupResultError = { "why": "privateKey" } | { "why": "noPublicKeyId", 
/**
 * What looks like one.
 */
instead: PublicKeyIdError | null, } | { "why": "severalPublicKeyIds" } | { "why": "noSite" } | { "why": "severalSites", 
/**
 * Their hosts.
 */
hosts: Array<string>, } | { "why": "tooLong" };

export type DocumentLoginObstacle = { "why": "noSite" } | { "why": "placeUnknown" } | { "why": "elsewhere", 
/**
 * In which bucket, or in another part of the same one.
 */
bucket: string, } | { "why": "hasAccessKey" } | { "why": "otherUser", 
/**
 * The name.
 */
user: string, } | { "why": "noMoreKeys", 
/**
 * Its name.
 */
user: string, };

export type Region = string;

export type ErrorCode = string;

export type DenyingRule = "service control policy" | "resource control policy" | "permissions boundary" | "session policy" | "VPC endpoint policy" | "identity-based policy" | "resource-based policy";

export type PlanRule = "subscribed" | "needsWebAcl" | "notInPlan";

export type AskError = { "why": "noLogin" } | { "why": "loginUnusable" } | { "why": "loginOfTools", 
/**
 * The profile it is in, where one was asked for.
 */
profile: string | null, } | { "why": "loginExpired" } | { "why": "accessKeyUnknown" } | { "why": "accessKeyMismatch" } | { "why": "wrongClock" } | { "why": "notAllowed", 
/**
 * As IAM calls it, `cloudfront:CreateKeyGroup`.
 */
action: string, 
/**
 * What forbids it although the login itself may do it: a permission more does not help then.
 */
deniedBy: DenyingRule | null, } | { "why": "accountNotReady", 
/**
 * AWS's words, or its code.
 */
message: string, } | { "why": "pricingPlan", 
/**
 * Which of its rules.
 */
rule: PlanRule, 
/**
 * AWS's words.
 */
message: string, } | { "why": "switchedOn" } | { "why": "conflict" } | { "why": "quota", 
/**
 * AWS's name for it, `TooManyKeyGroups`.
 */
what: ErrorCode, } | { "why": "noBucket" } | { "why": "noDistribution" } | { "why": "wrongRegion", 
/**
 * Where it is, if AWS said so.
 */
region: Region | null, } | { "why": "publicAccessBlocked" } | { "why": "policyRefused", 
/**
 * AWS's words.
 */
message: string, } | { "why": "inUse" } | { "why": "isThere" } | { "why": "notThere" } | { "why": "busy" } | { "why": "unreachable" } | { "why": "endless", 
/**
 * What was asked for.
 */
action: string, } | { "why": "refused", 
/**
 * What was asked for.
 */
action: string, 
/**
 * AWS's words.
 */
message: string, } | { "why": "unexpected", 
/**
 * What was asked for.
 */
action: string, };

export type IpcError = { "code": "name" } & NameError | { "code": "nameTaken", name: string, } | { "code": "site" } & SiteAddressError | { "code": "publicKeyId" } & PublicKeyIdError | { "code": "publicKeyIdOfOldKey" } | { "code": "keyFile", fileName: string, } & ({ "why": "empty" } | { "why": "tooLarge" } | { "why": "publicKey" } | { "why": "certificate" } | { "why": "putty" } | { "why": "openSsh" } | { "why": "jwk" } | { "why": "xml" } | { "why": "csv" } | { "why": "oldEncrypted" } | { "why": "pkcs12" } | { "why": "encryptionUnsupported" } | { "why": "lockTooHeavy" } | { "why": "rsaSize", 
/**
 * The size of its modulus.
 */
bits: number, } | { "why": "otherCurve" } | { "why": "otherKind" } | { "why": "damaged" } | { "why": "unknown" } | { "why": "manyKeys" } | { "why": "wrongPassphrase" }) | { "code": "readKeyFile", fileName: string, } & ({ "why": "notFound" } | { "why": "notRegular" } | { "why": "tooLarge" } | { "why": "unreadable" }) | { "code": "keyFileIsOtherKey", fileName: string, } | { "code": "noPendingKey" } | { "code": "keyTaken", name: string, } | { "code": "keyUnfinished", name: string, } | { "code": "keyBeingReplaced", name: string, } | { "code": "newPassphrase" } & PassphraseError | { "code": "newPassphraseDiffers" } | { "code": "keychain" } & KeychainError | { "code": "keyMissing", name: string, } | { "code": "keyUnknown" } | { "code": "siteUnknown" } | { "code": "siteHasKey", name: string, } | { "code": "siteElsewhere", address: string, } | { "code": "orphanGone" } | { "code": "settings" } & SettingsError | { "code": "keyRenamedElsewhere", name: string, } | { "code": "address" } & AddressError | { "code": "lifetime" } & LifetimeError | { "code": "clockWrong", now: number, } | { "code": "dayEndInvalid" } | { "code": "start" } & RowEndError | { "code": "startInvalid" } | { "code": "startAfterEnd" } | { "code": "networkInvalid" } | { "code": "networkIsIpv6" } | { "code": "networkWithoutReaders", network: string, } | { "code": "folder" } & FolderError | { "code": "folderMissesDocument" } | { "code": "nothingPasted" } | { "code": "noLinkFound" } | { "code": "trialCancelled" } | { "code": "trialNotPossible" } | { "code": "listEmpty" } | { "code": "listTooLong", most: number, } | { "code": "listTooLarge", fileName: string | null, most: number, } | { "code": "listNotText", fileName: string | null, } | { "code": "listUnreadable", fileName: string, } | { "code": "end" } & RowEndError | { "code": "endColumnAsked", heading: string, number: number, text: string, } | { "code": "endStartAsked", heading: string, number: number, text: string, } | { "code": "row" } & Doubt | { "code": "rowNetworkAsked", heading: string, number: number, text: string, } | { "code": "rowsHaveProblems", count: number, } | { "code": "nothingToMake" } | { "code": "noList" } | { "code": "manyBusy" } | { "code": "manyElsewhere" } | { "code": "manyGone" } | { "code": "printFailed" } | { "code": "signingFailed" } | { "code": "linkTooLong", length: number, most: number, } | { "code": "entryUnknown" } | { "code": "note" } & NoteError | { "code": "history" } & HistoryStoreError | { "code": "clipboardUnavailable" } | { "code": "clipboardDiffers" } | { "code": "clipboardHasNoText" } | { "code": "bucket" } & BucketError | { "code": "regionInvalid" } | { "code": "profileInvalid" } | { "code": "distributionId" } & DistributionIdError | { "code": "arn" } & DistributionArnError | { "code": "setUpIncomplete", step: SetUpStep, } | { "code": "sentBack" } & SetupResultError | { "code": "noFreePort" } | { "code": "practiceNotRunning" } | { "code": "practiceFull", fileName: string, most: number, } | { "code": "noDocument" } | { "code": "noFiles" } | { "code": "tooManyFiles", most: number, } | { "code": "folderUnreadable", name: string, } | { "code": "openDocument", fileName: string, } & ({ "why": "notFound" } | { "why": "folder" } | { "why": "linkToFolder" } | { "why": "deadLink" } | { "why": "pipe" } | { "why": "device" } | { "why": "notAllowed" } | { "why": "unreadable" }) | { "code": "documentTrouble", fileName: string, } & ({ "why": "changed" } | { "why": "shrank" } | { "why": "vanished" } | { "why": "unreadable" }) | { "code": "documentName", fileName: string, } & ({ "why": "empty" } | { "why": "tooLong", 
/**
 * In UTF-8, composed.
 */
length: number, 
/**
 * [`MAX_KEY_BYTES`].
 */
most: number, } | { "why": "hidden", 
/**
 * `U+202E`.
 */
character: string, 
/**
 * What it is called.
 */
name: string, } | { "why": "hasBackslash" } | { "why": "emptyFolder" } | { "why": "dots", 
/**
 * Which.
 */
segment: string, } | { "why": "isFolder" }) | { "code": "documentFolder" } & DocumentKeyError | { "code": "originPath" } & DocumentKeyError | { "code": "documentHasNoAddress" } | { "code": "noFreeName" } | { "code": "siteTakesNoDocuments" } | { "code": "shareStopped" } | { "code": "shareBusy" } | { "code": "shareElsewhere" } | { "code": "documentChangedThere", fileName: string, } | { "code": "documentTooLarge", fileName: string, most: number, } | { "code": "folderClosed" } | { "code": "documentNewName" } & DocumentKeyError | { "code": "documentNameTaken", name: string, } | { "code": "documentNotAsShown", fileName: string, } | { "code": "documentHasBothNames", fileName: string, name: string, } | { "code": "documentTooLargeToRename", fileName: string, most: number, } | { "code": "documentNotKept", fileName: string, } | { "code": "nothingToUndo" } | { "code": "storageLocked", key: string | null, } | { "code": "accessKeyText", fileName: string | null, } & ({ "why": "noAccessKey" } | { "why": "isSigningKey" } | { "why": "noSecret" } | { "why": "noId" } | { "why": "several" } | { "why": "temporary" }) | { "code": "accessKeyMissing" } | { "code": "storage", policy: string | null, } & ({ "why": "noLogin" } | { "why": "loginUnusable" } | { "why": "loginOfTools", 
/**
 * The profile it is in, where one was asked for.
 */
profile: string | null, } | { "why": "loginExpired" } | { "why": "accessKeyUnknown" } | { "why": "accessKeyMismatch" } | { "why": "wrongClock" } | { "why": "notAllowed", 
/**
 * As IAM calls it, `cloudfront:CreateKeyGroup`.
 */
action: string, 
/**
 * What forbids it although the login itself may do it: a permission more does not help then.
 */
deniedBy: DenyingRule | null, } | { "why": "accountNotReady", 
/**
 * AWS's words, or its code.
 */
message: string, } | { "why": "pricingPlan", 
/**
 * Which of its rules.
 */
rule: PlanRule, 
/**
 * AWS's words.
 */
message: string, } | { "why": "switchedOn" } | { "why": "conflict" } | { "why": "quota", 
/**
 * AWS's name for it, `TooManyKeyGroups`.
 */
what: ErrorCode, } | { "why": "noBucket" } | { "why": "noDistribution" } | { "why": "wrongRegion", 
/**
 * Where it is, if AWS said so.
 */
region: Region | null, } | { "why": "publicAccessBlocked" } | { "why": "policyRefused", 
/**
 * AWS's words.
 */
message: string, } | { "why": "inUse" } | { "why": "isThere" } | { "why": "notThere" } | { "why": "busy" } | { "why": "unreachable" } | { "why": "endless", 
/**
 * What was asked for.
 */
action: string, } | { "why": "refused", 
/**
 * What was asked for.
 */
action: string, 
/**
 * AWS's words.
 */
message: string, } | { "why": "unexpected", 
/**
 * What was asked for.
 */
action: string, }) | { "code": "aws", bucket: string | null, policy: string | null, } & ({ "why": "noLogin" } | { "why": "loginUnusable" } | { "why": "loginOfTools", 
/**
 * The profile it is in, where one was asked for.
 */
profile: string | null, } | { "why": "loginExpired" } | { "why": "accessKeyUnknown" } | { "why": "accessKeyMismatch" } | { "why": "wrongClock" } | { "why": "notAllowed", 
/**
 * As IAM calls it, `cloudfront:CreateKeyGroup`.
 */
action: string, 
/**
 * What forbids it although the login itself may do it: a permission more does not help then.
 */
deniedBy: DenyingRule | null, } | { "why": "accountNotReady", 
/**
 * AWS's words, or its code.
 */
message: string, } | { "why": "pricingPlan", 
/**
 * Which of its rules.
 */
rule: PlanRule, 
/**
 * AWS's words.
 */
message: string, } | { "why": "switchedOn" } | { "why": "conflict" } | { "why": "quota", 
/**
 * AWS's name for it, `TooManyKeyGroups`.
 */
what: ErrorCode, } | { "why": "noBucket" } | { "why": "noDistribution" } | { "why": "wrongRegion", 
/**
 * Where it is, if AWS said so.
 */
region: Region | null, } | { "why": "publicAccessBlocked" } | { "why": "policyRefused", 
/**
 * AWS's words.
 */
message: string, } | { "why": "inUse" } | { "why": "isThere" } | { "why": "notThere" } | { "why": "busy" } | { "why": "unreachable" } | { "why": "endless", 
/**
 * What was asked for.
 */
action: string, } | { "why": "refused", 
/**
 * What was asked for.
 */
action: string, 
/**
 * AWS's words.
 */
message: string, } | { "why": "unexpected", 
/**
 * What was asked for.
 */
action: string, }) | { "code": "setUpOtherKey", id: string, name: string, } | { "code": "setUpKeyNotInGroup", name: string, } | { "code": "setUpUnfit", id: string, unfit: UnfitWhy, } | { "code": "setUpPolicyUnreadable" } | { "code": "setUpOtherPartition", region: string, } | { "code": "setUpStopped" } | { "code": "setUpNotKept", fileName: string, reason: FailReason, } | { "code": "setUpJournalUnreadable", fileName: string, } | { "code": "setUpOtherAccount", account: string, } | { "code": "setUpInUse", thing: MadeThing, id: string | null, } | { "code": "setUpShared", id: string, } | { "code": "setUpStillOn", id: string, } | { "code": "setUpLeft", things: Array<LeftView>, } | { "code": "setUpNothingMade" } | { "code": "setUpNotPlanned" } | { "code": "setUpBusy" } | { "code": "setUpElsewhere" } | { "code": "setUpNoLock", fileName: string, } | { "code": "setUpChangedElsewhere" } | { "code": "setUpOtherId", name: string, id: string, host: string, } | { "code": "documentLogin" } & DocumentLoginObstacle | { "code": "accessKeyNotKept" } | { "code": "saveFailed", fileName: string, reason: FailReason, } | { "code": "fileExists", fileName: string, } | { "code": "folderLocked", fileName: string, } | { "code": "notAFile", fileName: string, } | { "code": "openFailed" } | { "code": "openRefused" } | { "code": "internal" };

/** The commands. Every promise rejects with a BackendError and nothing else. */
export interface Commands {
  start(): Promise<StartView>;
  /** Shows everything larger or smaller, now and at the next start. */
  zoom(request: ZoomRequest): Promise<ZoomView>;
  /** Tells of the sites at once, and again whenever they became others: a terminal changes them too. */
  watchSites(listener: (told: SiteListView) => void): Promise<void>;
  /** A site without key or address, whose set-up begins. */
  addSite(request: AddSiteRequest): Promise<SiteView>;
  renameSite(request: RenameSiteRequest): Promise<SiteView>;
  setSiteLifetime(request: SiteLifetimeRequest): Promise<SiteView>;
  setSiteDayEnd(request: SiteDayEndRequest): Promise<SiteView>;
  /** Whether a link of it is tried when it was made. */
  setSiteTriesLinks(request: SiteTrialsRequest): Promise<SiteView>;
  /** Where its documents lie, so that others can be put there. Nothing is asked of that place. */
  setSiteStorage(request: SiteStorageRequest): Promise<SiteView>;
  /** Takes the access key to its documents from a file or the clipboard into the keychain. AWS is not asked. */
  setAccessKey(request: SetAccessKeyRequest): Promise<AccessKeyOutcome>;
  /** At AWS it is as valid as before. */
  forgetAccessKey(request: SiteRequest): Promise<SiteView>;
  /** Its keys leave the keychain too. */
  removeSite(request: SiteRequest): Promise<void>;
  addKey(request: AddKeyRequest): Promise<AddKeyOutcome>;
  unlockKey(request: UnlockKeyRequest): Promise<AddKeyOutcome>;
  forgetPendingKey(): Promise<void>;
  restoreKey(request: RestoreKeyRequest): Promise<AddKeyOutcome>;
  renameKey(request: RenameKeyRequest): Promise<SiteView>;
  changeHash(request: ChangeHashRequest): Promise<SiteView>;
  /** The site stays, without a key too. */
  removeKey(request: RemoveKeyRequest): Promise<SiteView>;
  makeKey(request: MakeKeyRequest): Promise<SiteView>;
  /** Says what CloudFront calls a key, which makes the links of its site from now on. */
  registerKey(request: RegisterKeyRequest): Promise<SiteView>;
  showPublicKey(request: PublicKeyRequest): Promise<PublicKeyView>;
  /** Resolves once the public half was read back from the clipboard. */
  copyPublicKey(request: PublicKeyRequest): Promise<void>;
  savePublicKey(request: PublicKeyRequest): Promise<SaveOutcome>;
  backUpKey(request: BackUpKeyRequest): Promise<BackUpOutcome>;
  /** Keys of the keychain that the list does not name. Asks nobody to unlock anything. */
  findOrphans(): Promise<OrphansView>;
  /** Puts one of them back into the list, as the key of a new site. */
  restoreOrphan(request: RestoreOrphanRequest): Promise<SiteView>;
  removeOrphan(request: RemoveOrphanRequest): Promise<void>;
  /** Makes the key that is to take the place of a site's. */
  replaceKey(request: ReplaceKeyRequest): Promise<SiteView>;
  replacement(request: ReplacementRequest): Promise<ReplacementView | null>;
  /** The new key makes the links from now on. */
  switchKey(request: SwitchKeyRequest): Promise<SiteView>;
  previewAddress(request: AddressRequest): Promise<AddressView>;
  previewLifetime(request: LifetimePreviewRequest): Promise<LifetimeView>;
  /** When the links would end whose lifetimes can be chosen by a click. */
  previewEnds(request: EndsRequest): Promise<EndsView>;
  wrongInLink(request: LinkRequest): Promise<Array<IpcError>>;
  previewLimits(request: LinkRequest): Promise<LimitsView>;
  createLink(request: LinkRequest): Promise<LinkView>;
  /** Resolves once the text was read back from the clipboard. */
  copyText(request: CopyRequest): Promise<void>;
  saveQr(request: SaveQrRequest): Promise<SaveOutcome>;
  openLink(request: OpenLinkRequest): Promise<void>;
  /** Says what a pasted text's link does, or why it does not open. */
  inspectLink(request: InspectRequest): Promise<InspectionView>;
  /** Asks the network, so only ever after a click; rejects with `trialCancelled` after `stopTrying`. */
  tryLink(request: TrialRequest): Promise<TrialView>;
  /** Whether the document of a row is on the site, whether or not it has its link already. */
  tryRow(request: RowRequest): Promise<TrialView>;
  /** Whether the link that was made last opens its document, without a click; each link once. */
  tryFreshLink(request: FreshLinkRequest): Promise<OpeningView>;
  stopTrying(): Promise<void>;
  listHistory(request: HistoryRequest): Promise<HistoryView>;
  /** Every key that made a link of the list, removed ones too, and those that are here. */
  historyKeys(): Promise<Array<HistoryKeyView>>;
  /** Signs the old link once more; resolves once it was read back from the clipboard. */
  copyAgain(request: EntryRequest): Promise<void>;
  recipeOf(request: EntryRequest): Promise<RecipeView>;
  setNote(request: NoteRequest): Promise<EntryView>;
  removeEntries(request: EntriesRequest): Promise<void>;
  restoreEntries(request: EntriesRequest): Promise<void>;
  clearHistory(): Promise<void>;
  exportHistory(request: ExportRequest): Promise<SaveOutcome>;
  /** The links of a key that have not ended: how many, and the first of them. */
  linksOfKey(request: LinksOfKeyRequest): Promise<HistoryView>;
  /** Asks for a file of this computer; it is the document of the next link that `shareDocument` makes. */
  chooseDocument(): Promise<ChosenDocument>;
  /** Puts it on the site and makes its link, or says first what is there under its name. */
  shareDocument(request: ShareRequest): Promise<ShareOutcome>;
  /** How far that is; null where nothing is on its way. */
  shareProgress(): Promise<ShareProgressView | null>;
  /** What runs rejects with `shareStopped`. */
  stopSharing(): Promise<void>;
  /** Asks for several files of this computer, or for a folder; they take the place of those before. */
  chooseFiles(request: ChooseFilesRequest): Promise<ChosenFiles>;
  /** The files, and what an earlier run left unfinished. */
  filesState(): Promise<FilesState>;
  fileRows(request: FileRowsRequest): Promise<FileRowsView>;
  /** Puts the files on the site and makes their links, or says first what is there under their names. Resolves when it */
  /** ends; how far it is says `filesState`. */
  shareFiles(request: ShareFilesRequest): Promise<FilesView>;
  /** Does what is left to do: after a stop, of files that failed, and of an earlier run. */
  goOnWithFiles(): Promise<FilesView>;
  /** What is there stays, with its links. */
  stopFiles(): Promise<void>;
  /** Forgets the files, or those of an earlier run. What of them is there stays, with its links. */
  dropFiles(): Promise<void>;
  copyFileLink(request: FileRequest): Promise<void>;
  copyAllFileLinks(): Promise<void>;
  saveFileLinks(): Promise<SaveOutcome>;
  /** Reads the beginning of a folder of the site's documents: one answer of its storage. */
  openFolder(request: OpenFolderRequest): Promise<OpenFolderView>;
  /** Reads on, so many answers or to the end; ends early where another folder was opened. */
  readFolder(request: ReadFolderRequest): Promise<OpenFolderView>;
  /** A part of what was read; asks no network. */
  folderPage(request: FolderPageRequest): Promise<FolderPageView>;
  closeFolder(request: CloseFolderRequest): Promise<void>;
  /** The links that open a document of the open folder; null where that is not known, as in practice. */
  linksOfDocument(request: StoredDocumentRequest): Promise<DocumentLinksView | null>;
  /** Gives it another name, if it is still what was shown. The links to the old one end. */
  renameDocument(request: RenameDocumentRequest): Promise<ChangedDocumentView>;
  /** Puts the chosen file in its place, if it is still what was shown. How far that is says `shareProgress`. */
  replaceDocument(request: ReplaceDocumentRequest): Promise<ChangedDocumentView>;
  /** Takes it away, if it is still what was shown. The links to it end. */
  takeAwayDocument(request: StoredDocumentRequest): Promise<ChangedDocumentView>;
  /** Takes back the last new name or removal. */
  undoDocument(request: UndoDocumentRequest): Promise<void>;
  /** Tells of files that are dragged over the window and dropped, until somebody else wants to know. */
  watchDrops(listener: (told: DropView) => void): Promise<void>;
  /** Reads a list of documents; it stays in Rust and takes the place of the one before. */
  readList(request: ReadListRequest): Promise<BatchView>;
  chooseList(request: ChooseListRequest): Promise<ListOutcome>;
  listRows(request: RowsRequest): Promise<RowsView>;
  /** The row as it was read again; it may have a problem still. */
  mendRow(request: MendRowRequest): Promise<RowView>;
  /** Answers a question about the whole list; its rows are read once more. */
  answerList(request: AnswerListRequest): Promise<BatchView>;
  leaveOutRows(request: LeaveOutRequest): Promise<BatchView>;
  leaveOutProblems(): Promise<BatchView>;
  batchState(): Promise<BatchState>;
  /** Begins; how far it is says `batchState`. */
  createBatch(request: CreateBatchRequest): Promise<BatchView>;
  /** Makes what is not made: after a stop, and rows that failed. */
  retryBatch(): Promise<BatchView>;
  /** What is made stays made. */
  stopBatch(): Promise<BatchView>;
  /** Goes on with the unfinished list of an earlier run. */
  resumeBatch(): Promise<BatchView>;
  /** Forgets the list, or the unfinished one; links that were made stay in the history. */
  dropBatch(): Promise<void>;
  copyRow(request: RowRequest): Promise<void>;
  copyAllRows(): Promise<void>;
  saveRows(): Promise<SaveOutcome>;
  sheetCodes(request: SheetRequest): Promise<Array<SheetCode>>;
  /** Opens the print dialog. */
  printSheet(): Promise<void>;
  /** How far the set-up of CloudFront is. */
  setUp(request: SetUpRequest): Promise<SetUpView>;
  /** Takes what is typed and ticked, right or wrong; what is right is kept for the next start. */
  answerSetUp(request: AnswerSetUpRequest): Promise<SetUpView>;
  clearSetUp(request: SetUpRequest): Promise<SetUpView>;
  /** Finds the public key ID and the site in what an IT person sent. */
  readSetUpResult(request: SetUpResultRequest): Promise<SetUpView>;
  /** Resolves once the value was read back from the clipboard. */
  copySetUpValue(request: CopySetUpValueRequest): Promise<void>;
  saveHandoff(request: SaveHandoffRequest): Promise<SaveOutcome>;
  /** Gives the key its address and its ID, so that it makes links from now on. */
  registerSetUp(request: SetUpRequest): Promise<SiteView>;
  /** What the AWS login has, to choose from. */
  awsPlaces(request: SetUpRequest): Promise<AwsPlacesView>;
  planSetUp(request: PlanSetUpRequest): Promise<PlanView>;
  /** Does the plan that was shown last. Resolves once all is made and the key is registered; that may take minutes. */
  applySetUp(request: SetUpRequest): Promise<SiteView>;
  /** What is being done this moment. */
  setUpWork(request: SetUpRequest): Promise<SetUpWorkView | null>;
  /** What runs rejects with `setUpStopped`. */
  stopSetUp(request: SetUpRequest): Promise<void>;
  /** What Signet made for the chosen key; asks no network. */
  setUpMade(request: SetUpRequest): Promise<JournalView | null>;
  undoSetUp(request: SetUpRequest): Promise<void>;
  checkSetUp(request: CheckSetUpRequest): Promise<CheckView>;
  startPractice(): Promise<PracticeView>;
  leavePractice(): Promise<void>;
}

/** What each command is called in Rust, and what it is given. */
export const COMMANDS = {
  start: ["start", "nothing"],
  zoom: ["zoom", "request"],
  watchSites: ["watch_sites", "listener"],
  addSite: ["add_site", "request"],
  renameSite: ["rename_site", "request"],
  setSiteLifetime: ["set_site_lifetime", "request"],
  setSiteDayEnd: ["set_site_day_end", "request"],
  setSiteTriesLinks: ["set_site_tries_links", "request"],
  setSiteStorage: ["set_site_storage", "request"],
  setAccessKey: ["set_access_key", "request"],
  forgetAccessKey: ["forget_access_key", "request"],
  removeSite: ["remove_site", "request"],
  addKey: ["add_key", "request"],
  unlockKey: ["unlock_key", "request"],
  forgetPendingKey: ["forget_pending_key", "nothing"],
  restoreKey: ["restore_key", "request"],
  renameKey: ["rename_key", "request"],
  changeHash: ["change_hash", "request"],
  removeKey: ["remove_key", "request"],
  makeKey: ["make_key", "request"],
  registerKey: ["register_key", "request"],
  showPublicKey: ["show_public_key", "request"],
  copyPublicKey: ["copy_public_key", "request"],
  savePublicKey: ["save_public_key", "request"],
  backUpKey: ["back_up_key", "request"],
  findOrphans: ["find_orphans", "nothing"],
  restoreOrphan: ["restore_orphan", "request"],
  removeOrphan: ["remove_orphan", "request"],
  replaceKey: ["replace_key", "request"],
  replacement: ["replacement", "request"],
  switchKey: ["switch_key", "request"],
  previewAddress: ["preview_address", "request"],
  previewLifetime: ["preview_lifetime", "request"],
  previewEnds: ["preview_ends", "request"],
  wrongInLink: ["wrong_in_link", "request"],
  previewLimits: ["preview_limits", "request"],
  createLink: ["create_link", "request"],
  copyText: ["copy_text", "request"],
  saveQr: ["save_qr", "request"],
  openLink: ["open_link", "request"],
  inspectLink: ["inspect_link", "request"],
  tryLink: ["try_link", "request"],
  tryRow: ["try_row", "request"],
  tryFreshLink: ["try_fresh_link", "request"],
  stopTrying: ["stop_trying", "nothing"],
  listHistory: ["list_history", "request"],
  historyKeys: ["history_keys", "nothing"],
  copyAgain: ["copy_again", "request"],
  recipeOf: ["recipe_of", "request"],
  setNote: ["set_note", "request"],
  removeEntries: ["remove_entries", "request"],
  restoreEntries: ["restore_entries", "request"],
  clearHistory: ["clear_history", "nothing"],
  exportHistory: ["export_history", "request"],
  linksOfKey: ["links_of_key", "request"],
  chooseDocument: ["choose_document", "nothing"],
  shareDocument: ["share_document", "request"],
  shareProgress: ["share_progress", "nothing"],
  stopSharing: ["stop_sharing", "nothing"],
  chooseFiles: ["choose_files", "request"],
  filesState: ["files_state", "nothing"],
  fileRows: ["file_rows", "request"],
  shareFiles: ["share_files", "request"],
  goOnWithFiles: ["go_on_with_files", "nothing"],
  stopFiles: ["stop_files", "nothing"],
  dropFiles: ["drop_files", "nothing"],
  copyFileLink: ["copy_file_link", "request"],
  copyAllFileLinks: ["copy_all_file_links", "nothing"],
  saveFileLinks: ["save_file_links", "nothing"],
  openFolder: ["open_folder", "request"],
  readFolder: ["read_folder", "request"],
  folderPage: ["folder_page", "request"],
  closeFolder: ["close_folder", "request"],
  linksOfDocument: ["links_of_document", "request"],
  renameDocument: ["rename_document", "request"],
  replaceDocument: ["replace_document", "request"],
  takeAwayDocument: ["take_away_document", "request"],
  undoDocument: ["undo_document", "request"],
  watchDrops: ["watch_drops", "listener"],
  readList: ["read_list", "request"],
  chooseList: ["choose_list", "request"],
  listRows: ["list_rows", "request"],
  mendRow: ["mend_row", "request"],
  answerList: ["answer_list", "request"],
  leaveOutRows: ["leave_out_rows", "request"],
  leaveOutProblems: ["leave_out_problems", "nothing"],
  batchState: ["batch_state", "nothing"],
  createBatch: ["create_batch", "request"],
  retryBatch: ["retry_batch", "nothing"],
  stopBatch: ["stop_batch", "nothing"],
  resumeBatch: ["resume_batch", "nothing"],
  dropBatch: ["drop_batch", "nothing"],
  copyRow: ["copy_row", "request"],
  copyAllRows: ["copy_all_rows", "nothing"],
  saveRows: ["save_rows", "nothing"],
  sheetCodes: ["sheet_codes", "request"],
  printSheet: ["print_sheet", "nothing"],
  setUp: ["set_up", "request"],
  answerSetUp: ["answer_set_up", "request"],
  clearSetUp: ["clear_set_up", "request"],
  readSetUpResult: ["read_set_up_result", "request"],
  copySetUpValue: ["copy_set_up_value", "request"],
  saveHandoff: ["save_handoff", "request"],
  registerSetUp: ["register_set_up", "request"],
  awsPlaces: ["aws_places", "request"],
  planSetUp: ["plan_set_up", "request"],
  applySetUp: ["apply_set_up", "request"],
  setUpWork: ["set_up_work", "request"],
  stopSetUp: ["stop_set_up", "request"],
  setUpMade: ["set_up_made", "request"],
  undoSetUp: ["undo_set_up", "request"],
  checkSetUp: ["check_set_up", "request"],
  startPractice: ["start_practice", "nothing"],
  leavePractice: ["leave_practice", "nothing"],
} as const satisfies Record<keyof Commands, readonly [string, "nothing" | "request" | "listener"]>;
