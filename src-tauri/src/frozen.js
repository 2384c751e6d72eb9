// Runs in the window's page before any other script: what the language itself is made of can no longer
// be changed, so that no data with a clever name in it changes how our own code works.
//
// Deliberately not here: the objects of the page (Node, Element, Event and the like), because Svelte
// keeps notes on their prototypes. Our code never takes a name from outside to set something on them.
(() => {
  "use strict";

  const NAMES = [
    "Object", "Function", "Boolean", "Symbol", "Number", "BigInt", "Math", "Date", "String", "RegExp",
    "Array", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array",
    "Uint8ClampedArray", "Int16Array", "Uint16Array", "Float16Array", "Int32Array", "Uint32Array",
    "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "Map", "Set", "WeakMap",
    "WeakSet", "WeakRef", "FinalizationRegistry", "Promise", "Iterator", "AsyncIterator", "Proxy",
    "Reflect", "JSON", "Intl", "Temporal", "WebAssembly", "Error", "EvalError", "RangeError",
    "ReferenceError", "SyntaxError", "TypeError", "URIError", "AggregateError", "SuppressedError",
    "DisposableStack", "AsyncDisposableStack", "eval", "parseInt", "parseFloat", "isNaN", "isFinite",
    "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape",
  ];

  const found = new Set();
  const add = (value) => {
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    if (isObject && value !== globalThis) found.add(value);
  };

  for (const name of NAMES) add(globalThis[name]);
  // What has no name is reached from what the language makes.
  add(Object.getPrototypeOf(async () => {}));
  add(Object.getPrototypeOf(function* () {}));
  add(Object.getPrototypeOf(async function* () {}));
  add(Object.getPrototypeOf([][Symbol.iterator]()));
  add(Object.getPrototypeOf(""[Symbol.iterator]()));
  add(Object.getPrototypeOf(new Map()[Symbol.iterator]()));
  add(Object.getPrototypeOf(new Set()[Symbol.iterator]()));
  add(Object.getPrototypeOf("".matchAll(/a/g)));
  add(Object.getPrototypeOf(new Intl.Segmenter("en").segment("")));
  add(Object.getPrototypeOf(new Intl.Segmenter("en").segment("")[Symbol.iterator]()));
  if (globalThis.Iterator?.prototype.map) {
    add(Object.getPrototypeOf([].values().map((each) => each)));
    add(Object.getPrototypeOf(Iterator.from({ next: () => ({ done: true }) })));
  }

  // A set is walked with what is added to it meanwhile.
  for (const each of found) {
    add(Object.getPrototypeOf(each));
    for (const key of Reflect.ownKeys(each)) {
      const property = Reflect.getOwnPropertyDescriptor(each, key);
      add(property.value);
      add(property.get);
      add(property.set);
    }
  }

  // A property of a frozen prototype cannot be set on what inherits it, and libraries set these on their
  // own errors.
  for (const each of found) {
    if (each !== Error.prototype && Object.getPrototypeOf(each) !== Error.prototype) continue;
    for (const key of ["name", "message"]) {
      const { value } = Object.getOwnPropertyDescriptor(each, key) ?? {};
      if (value === undefined) continue;
      const { get, set } = Object.getOwnPropertyDescriptor({
        get property() {
          return value;
        },
        set property(other) {
          if (this === each) throw new TypeError(`${key} is read-only`);
          Object.defineProperty(this, key, { value: other, writable: true, enumerable: true, configurable: true });
        },
      }, "property");
      Object.defineProperty(each, key, { get: Object.freeze(get), set: Object.freeze(set) });
    }
  }

  for (const each of found) Object.freeze(each);
  for (const name of NAMES) {
    if (name in globalThis) Object.defineProperty(globalThis, name, { writable: false, configurable: false });
  }
})();
