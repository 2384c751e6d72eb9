"""Adds the statement that lets the distribution in to a bucket policy, and takes out the one by which an
older Signet let it list the names of the documents. All else stays as it is.

`show` prints what would change, a line each; `edit` prints the policy that is to be put, or nothing
where it is right already."""
import copy
import json
import sys


def without_sid(statement):
    return {name: value for name, value in statement.items() if name != "Sid"}


mode, policy_file, statement_file, withdrawn_file = sys.argv[1:]
with open(policy_file, encoding="utf-8") as file:
    text = file.read()
policy = json.loads(text) if text.strip() else {"Version": "2012-10-17", "Statement": []}
# A single statement may stand without a list around it.
there = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
with open(statement_file, encoding="utf-8") as file:
    wanted = json.load(file)
with open(withdrawn_file, encoding="utf-8") as file:
    old = json.load(file)

# A Sid stands once in a policy, so that of a second distribution has none.
sids = [other.get("Sid") for other in there]
same = [other for other in there if without_sid(other) == without_sid(old)]
gone = [other for other in same if other.get("Sid") == old["Sid"]]
if not gone and old["Sid"] in sids:
    gone = [other for other in same if "Sid" not in other][-1:]
left = [other for other in there if not any(other is one for one in gone)]
# As it was before it named the account, it lets the distribution in as well.
forms = [without_sid(wanted), copy.deepcopy(without_sid(wanted))]
forms[1]["Condition"]["StringEquals"].pop("AWS:SourceAccount", None)
is_missing = not any(without_sid(other) in forms for other in left)
if is_missing:
    is_taken = wanted["Sid"] in [other.get("Sid") for other in left]
    left.append(without_sid(wanted) if is_taken else wanted)

if mode == "show":
    if is_missing:
        print("  will let   the distribution read the bucket")
    else:
        print("  is there   what lets the distribution read the bucket")
    if gone:
        print("  will take  the names of the documents away from it (s3:ListBucket), as Signet gave them once")
elif is_missing or gone:
    policy["Statement"] = left
    print(json.dumps(policy))
