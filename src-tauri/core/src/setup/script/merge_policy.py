"""Adds the statements that let the distribution in to a bucket policy. All else stays as it is.

Prints the policy that is to be put, or nothing where it says so already."""
import json
import sys


def without_sid(statement):
    return {name: value for name, value in statement.items() if name != "Sid"}


policy_file, statements_file = sys.argv[1:]
with open(policy_file, encoding="utf-8") as file:
    text = file.read()
policy = json.loads(text) if text.strip() else {"Version": "2012-10-17", "Statement": []}
# A single statement may stand without a list around it.
there = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
with open(statements_file, encoding="utf-8") as file:
    wanted = json.load(file)
missing = [
    statement
    for statement in wanted
    if without_sid(statement) not in [without_sid(other) for other in there]
]
taken = {statement.get("Sid") for statement in there}
for statement in missing:
    # A Sid stands once in a policy, and another distribution's statement may have it.
    there = there + [without_sid(statement) if statement["Sid"] in taken else statement]
if missing:
    policy["Statement"] = there
    print(json.dumps(policy))
