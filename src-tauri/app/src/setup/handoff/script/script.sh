#!/bin/sh
# Signet: documents in the bucket @BUCKET@ are to open by signed links only.
#
# This makes, under the name @NAME@, what is not there yet: an origin access control,
# the public key of the links, a key group with that key, and a distribution; and it lets the
# distribution read the bucket. A distribution that is there gets the access control and the key
# group; everything else of it, and of the bucket's policy, stays as it is.
#
#   sh signet-setup.sh         shows what it will do, and asks before it does anything
#   sh signet-setup.sh --yes   does not ask
#
# After a stop, run it again: nothing is made twice. It needs the AWS CLI (version 1 or 2), logged
# in, and python3; AWS CloudShell has both. There is no secret in it: the key is the public half.

set -euf

bucket='@BUCKET@'
region='@REGION@'
name='@NAME@'
# Empty for a new one.
distribution='@DISTRIBUTION@'

# No pager, and answers as plain text, whatever is configured here.
export AWS_PAGER='' AWS_DEFAULT_OUTPUT=text AWS_CLI_AUTO_PROMPT=off

say() {
  printf '%s\n' "$1" >&2
}

# What happened, and what to do.
stop() {
  printf '\n%s\n%s\n' "$1" "$2" >&2
  exit 1
}

call() {
  aws "$@" --region "$region" 2>"$work/error" || explain
}

# Why AWS did not do what it was asked, in a sentence.
explain() {
  error=$(tr -s '[:space:]' ' ' <"$work/error" | sed 's/^ //; s/[ .]*$//')
  case $error in
    *'Unable to locate credentials'* | *'artial credentials'* | *'rofile'*'could not be found'*)
      stop 'There is no AWS login here.' \
        'Log in (aws configure, or aws sso login), or use AWS CloudShell, and run this again.'
      ;;
    *Expired* | *'has expired'* | *InvalidClientTokenId* | *InvalidAccessKeyId* | \
      *SignatureDoesNotMatch* | *UnrecognizedClient* | *'Error loading SSO Token'*)
      stop 'The AWS login is not valid any more.' 'Log in once more and run this again.'
      ;;
    *AccessDenied* | *'not authorized'* | *'(403)'*)
      action=$(printf '%s\n' "$error" |
        sed -n -e 's/.*not authorized to perform: \([A-Za-z0-9:]*\).*/\1/p' \
          -e 's/.*when calling the \([A-Za-z0-9]*\) operation: Access Denied.*/\1/p')
      stop "This AWS login may not do what is needed: ${action:-$error}." \
        'Ask for that permission and run this again; the page to this script lists them all.'
      ;;
    *NoSuchBucket[!P]*)
      stop "There is no bucket named $bucket." 'Ask for a script with the right name.'
      ;;
    *NoSuchDistribution*)
      stop "There is no distribution $distribution in this AWS account." \
        'Log in to the account that has it, or ask for a script for another one.'
      ;;
    *TooMany* | *LimitExceeded*)
      stop "This AWS account may not have more of these: $error." \
        'Remove what is not used, or ask AWS for a higher quota, and run this again.'
      ;;
    *PreconditionFailed* | *InvalidIfMatchVersion*)
      stop 'Somebody else has just changed the distribution.' 'Run this again.'
      ;;
    *'Could not connect'* | *'onnect timeout'* | *'Connection was closed'* | *'Read timeout'*)
      stop 'AWS did not answer.' 'Look at the network and run this again.'
      ;;
  esac
  stop "AWS refused: $error." 'Mend that and run this again: nothing is made twice.'
}

# The first id of an answer. AWS writes None where there is nothing, once for each page of a list.
first() {
  for id in $1; do
    if [ "$id" != None ]; then
      printf '%s' "$id"
      return
    fi
  done
}

# The id of what is in a list.
find_id() {
  found=$(call cloudfront "$1" --query "$2") || exit 1
  first "$found"
}

# The bucket's policy as it is, or an empty file.
read_policy() {
  if ! aws s3api get-bucket-policy --bucket "$bucket" --query Policy --region "$region" \
    >"$work/policy.json" 2>"$work/error"; then
    case $(cat "$work/error") in
      *NoSuchBucketPolicy*) : >"$work/policy.json" ;;
      *) explain ;;
    esac
  fi
}

# What the bucket's policy has to say of the distribution, and what it has to say no more.
write_statements() {
  cat >"$work/statement.json" <<JSON
@STATEMENT@
JSON
  cat >"$work/withdrawn.json" <<JSON
@WITHDRAWN@
JSON
}

merge_policy() {
  python3 "$work/merge_policy.py" "$1" "$work/policy.json" "$work/statement.json" \
    "$work/withdrawn.json"
}

find_arn() {
  arn=$(call cloudfront get-distribution --id "$distribution" --query Distribution.ARN)
  account=$(printf '%s' "$arn" | cut -d : -f 5)
}

read_distribution() {
  call cloudfront get-distribution-config --id "$distribution" --output json \
    >"$work/distribution.json"
}

edit_distribution() {
  python3 "$work/edit_distribution.py" "$1" "$work/distribution.json" "$distribution" "$bucket" \
    "$region" "$access_control" "$key_group"
}

plan() {
  if [ -n "$2" ]; then
    say "  is there   $1 ($2)"
  else
    say "  will make  $1"
  fi
}

ask=yes
case ${1:-} in
  '') ;;
  --yes) ask=no ;;
  *) stop "Not understood: $1." 'Call it alone, or with --yes.' ;;
esac
aws --version >/dev/null 2>&1 ||
  stop 'The AWS CLI is not here.' 'Install it, or run this in AWS CloudShell.'
python3 -c '' >/dev/null 2>&1 ||
  stop 'Python 3 is not here.' 'Install it, or run this in AWS CloudShell.'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cat >"$work/public-key.pem" <<'PEM'
@PUBLIC_KEY@
PEM
cat >"$work/merge_policy.py" <<'PYTHON'
@MERGE_POLICY@
PYTHON
cat >"$work/edit_distribution.py" <<'PYTHON'
@EDIT_DISTRIBUTION@
PYTHON

# What is there?

account=$(call sts get-caller-identity --query Account)
place=$(call s3api get-bucket-location --bucket "$bucket" --query LocationConstraint)
case $place in
  # What S3 calls its two oldest regions.
  None) place=us-east-1 ;;
  EU) place=eu-west-1 ;;
esac
[ "$place" = "$region" ] ||
  stop "The bucket $bucket is in the region $place and not in $region." \
    'Ask for a script for that region.'

access_control=$(find_id list-origin-access-controls \
  "OriginAccessControlList.Items[?Name=='$name'].Id")
public_key=$(find_id list-public-keys "PublicKeyList.Items[?Name=='$name'].Id")
if [ -n "$public_key" ]; then
  held=$(call cloudfront get-public-key --id "$public_key" \
    --query PublicKey.PublicKeyConfig.EncodedKey)
  [ "$(printf '%s' "$held" | tr -d '[:space:]')" = \
    "$(tr -d '[:space:]' <"$work/public-key.pem")" ] ||
    stop "The public key $public_key is called $name, but it is another key." \
      'Rename or remove it and run this again.'
fi
key_group=$(find_id list-key-groups \
  "KeyGroupList.Items[?KeyGroup.KeyGroupConfig.Name=='$name'].KeyGroup.Id")
if [ -n "$key_group" ]; then
  keys=$(call cloudfront get-key-group --id "$key_group" --query KeyGroup.KeyGroupConfig.Items)
  case " $(printf '%s' "$keys" | tr '\t\n' '  ') " in
    *" ${public_key:--} "*) ;;
    *)
      stop "The key group $name is there, but the key is not in it." \
        'Put the key into it, or remove the key group, and run this again.'
      ;;
  esac
fi
if [ -z "$distribution" ]; then
  distribution=$(find_id list-distributions "DistributionList.Items[?Comment=='$name'].Id")
fi

# What will be done?

say "In the AWS account $account, this"
plan "the origin access control $name" "$access_control"
plan "the public key $name" "$public_key"
plan "the key group $name" "$key_group"
plan "a distribution for the bucket $bucket" "$distribution"
is_new=yes
if [ -n "$distribution" ]; then
  is_new=no
  read_distribution
  edit_distribution show >&2
  find_arn
  read_policy
  write_statements
  merge_policy show >&2
else
  say '  will let   the distribution read the bucket'
fi
if [ "$ask" = yes ]; then
  printf 'Type yes to go on: ' >&2
  read -r typed || typed=
  [ "$typed" = yes ] || stop 'Nothing was done.' 'To do it, run this again and type yes.'
fi

# Doing it. Each answer holds the id of what was made.

if [ -z "$access_control" ]; then
  say 'Making the origin access control'
  cat >"$work/access-control.json" <<'JSON'
@ACCESS_CONTROL@
JSON
  access_control=$(call cloudfront create-origin-access-control \
    --origin-access-control-config "file://$work/access-control.json" \
    --query OriginAccessControl.Id)
fi

if [ -z "$public_key" ]; then
  say 'Making the public key'
  lines=$(sed 's/$/\\n/' "$work/public-key.pem" | tr -d '\n')
  cat >"$work/public-key.json" <<JSON
{"CallerReference": "$name", "Name": "$name", "EncodedKey": "$lines"}
JSON
  public_key=$(call cloudfront create-public-key \
    --public-key-config "file://$work/public-key.json" --query PublicKey.Id)
fi

if [ -z "$key_group" ]; then
  say 'Making the key group'
  key_group=$(call cloudfront create-key-group \
    --key-group-config "Name=$name,Items=$public_key" --query KeyGroup.Id)
fi

if [ "$is_new" = yes ]; then
  say 'Making the distribution'
  cat >"$work/new-distribution.json" <<JSON
@NEW_DISTRIBUTION@
JSON
  distribution=$(call cloudfront create-distribution-with-tags \
    --distribution-config-with-tags "file://$work/new-distribution.json" --query Distribution.Id)
fi
find_arn
domain=$(call cloudfront get-distribution --id "$distribution" --query Distribution.DomainName)

# Before the distribution is changed, so that there is no moment at which it is not let in.
read_policy
write_statements
merge_policy edit >"$work/new-policy.json"
if [ -s "$work/new-policy.json" ]; then
  say 'Letting the distribution read the bucket'
  call s3api put-bucket-policy --bucket "$bucket" --policy "file://$work/new-policy.json"
fi

if [ "$is_new" = no ]; then
  # The version first: a change after it is refused instead of overwritten.
  etag=$(call cloudfront get-distribution-config --id "$distribution" --query ETag)
  read_distribution
  edit_distribution edit >"$work/new-config.json"
  if [ -s "$work/new-config.json" ]; then
    say 'Changing the distribution'
    call cloudfront update-distribution --id "$distribution" --if-match "$etag" \
      --distribution-config "file://$work/new-config.json" --query Distribution.Id >/dev/null
  fi
fi

say ''
say 'Done. CloudFront takes some minutes until everything is in force everywhere.'
say 'Send these two lines back; neither of them is a secret:'
say ''
printf 'Public key ID: %s\nSite: %s\n' "$public_key" "$domain"
