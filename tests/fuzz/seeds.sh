#!/usr/bin/env bash
# Something for each fuzz target to begin with. The keys are made here and never kept in the
# repository; their passphrase is on the line before them.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p corpus/address corpus/key_import corpus/link corpus/list

seed() {
  { echo horse; cat; } >"corpus/key_import/seed-$1"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl genrsa -traditional -out "$work/rsa" 2048 2>/dev/null
openssl ecparam -name prime256v1 -genkey -out "$work/ec"
locks=('-iter 1' '-iter 2 -v2 aes-128-cbc' '-v2 des3' '-scrypt -scrypt_N 16 -scrypt_r 1 -scrypt_p 1')
for kind in rsa ec; do
  key=$work/$kind
  seed "$kind.pem" <"$key"
  openssl pkcs8 -topk8 -nocrypt -in "$key" | seed "$kind-pkcs8.pem"
  openssl pkcs8 -topk8 -nocrypt -in "$key" -outform DER | seed "$kind-pkcs8.der"
  sed '1,/BEGIN .* PRIVATE/d; /END/d' <(echo; cat "$key") | base64 -d | seed "$kind.der"
  openssl pkey -in "$key" -pubout | seed "$kind-public.pem"
  openssl pkey -in "$key" -traditional -aes128 -passout pass:horse | seed "$kind-old.pem"
  openssl pkcs8 -topk8 -in "$key" -passout pass:horse | seed "$kind-locked.pem"
  for lock in "${!locks[@]}"; do
    read -ra words <<<"${locks[lock]}"
    openssl pkcs8 -topk8 "${words[@]}" -in "$key" -passout pass:horse -outform DER |
      seed "$kind-locked-$lock.der"
  done
  tr '\n' '~' <"$key" | sed 's/~/\\n/g' | seed "$kind-line.env"
  base64 -w0 "$key" | seed "$kind-base64"
  openssl pkcs8 -topk8 -nocrypt -in "$key" -outform DER | base64 | seed "$kind-bare"
  openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in "$key" -passout pass:horse | seed "$kind-pbes1.pem"
  openssl req -x509 -key "$key" -subj /CN=h.example | seed "$kind-certificate.pem"
done
for kind in rsa ecdsa; do
  ssh-keygen -q -t "$kind" -b "$([[ $kind == rsa ]] && echo 2048 || echo 256)" -N '' -f "$work/ssh-$kind"
  seed "ssh-$kind" <"$work/ssh-$kind"
  ssh-keygen -q -p -P '' -N horse -a 1 -f "$work/ssh-$kind" >/dev/null
  seed "ssh-$kind-locked" <"$work/ssh-$kind"
done
{ printf '\377\376'; iconv -t UTF-16LE "$work/ec"; } | seed ec-utf-16.pem
sed 's/$/\r/' "$work/ec" | seed ec-crlf.pem

number=0
while IFS= read -r text; do
  number=$((number + 1))
  printf 'docs.example.com\n%s' "$text" >"corpus/address/seed-$number"
  # Numbers first, then the text: more or less what a link's parts are taken from.
  printf '\377\377\377\377\377\377\377\0\0\0\0%s' "$text" >"corpus/link/seed-$number"
done <<'TEXTS'
https://docs.example.com/Q3%20notes.pdf?v=2&w
HTTPS://Docs.Example.com.:443/a//../b.pdf
http://docs.example.com/a
docs.example.com/a+b (1)'s.pdf
Überblick – 100% fertig.pdf
https://bücher.example:8443/é?é=é
https://bucket.s3.eu-west-1.amazonaws.com/a.pdf
https://docs.example.com@evil.example/?Expires=1&amp;Policy=2#c
C:\Users\me\a.pdf
https://docs.example.com/a?Key-Pair-I%64=K
TEXTS

number=0
while IFS= read -r text; do
  number=$((number + 1))
  printf '%b' "$text" >"corpus/list/seed-$number"
done <<'LISTS'
a.pdf\nSmith, John; final.pdf\n"C d.pdf"\n
Reader;Works until;Document\r\nMs Jones;2026-12-31 17:00;a.pdf\r\n
a.pdf,Ms Jones,7 days\nb.pdf,,\nc.pdf,Mr Smith,01/02/2026\n
File name\tNote\n"a\nb.pdf"\t'=1\n
LISTS
