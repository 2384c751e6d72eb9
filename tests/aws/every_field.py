"""Prints the configuration of a distribution in which every field stands that AWS's own model of
CloudFront has, newer ones than Signet's library knows among them, and one that nobody knows."""

import sys
from xml.sax.saxutils import escape

import botocore.session

host = sys.argv[1]
ours = {
    "DistributionConfig.Comment": "Papers & <more>",
    "Origin.Id": "papers",
    "Origin.DomainName": host,
    "Origin.OriginAccessControlId": "",
    "S3OriginConfig.OriginAccessIdentity": "origin-access-identity/cloudfront/E127EXAMPLE51Z",
    "DefaultCacheBehavior.TargetOriginId": "papers",
    "CacheBehavior.TargetOriginId": "papers",
    "KeyGroup": "theirs",
}


def xml(name, shape, parent, within=()):
    if shape.name in within:
        return ""
    within += (shape.name,)
    if shape.type_name == "structure":
        fields = shape.members.items()
        content = "".join(xml(field.serialization.get("name", key), field, shape.name, within) for key, field in fields)
    elif shape.type_name == "list":
        item = shape.member.serialization.get("name", "member")
        content = xml(item, shape.member, item, within)
    elif shape.type_name == "boolean":
        # A staging distribution is none that a set-up changes.
        content = "false" if name == "Staging" else "true"
    elif shape.type_name in ("integer", "long", "float"):
        content = "1"
    else:
        content = (shape.enum or ["théirs"])[0]
        content = escape(ours.get(name, ours.get("{}.{}".format(parent, name), content)))
    return "<{0}>{1}</{0}>".format(name, content)


model = botocore.session.get_session().get_service_model("cloudfront")
shape = model.shape_for("DistributionConfig")
text = xml("DistributionConfig", shape, "")
namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/"
print('<?xml version="1.0"?>')
print(
    text.replace("<DistributionConfig>", '<DistributionConfig xmlns="{}">'.format(namespace), 1)
    .replace("</DistributionConfig>", "<Newer kind='?'>\n <Deep/></Newer></DistributionConfig>")
    .replace("</Origin>", "<Newer/></Origin>")
    .replace("</TrustedKeyGroups>", "<!-- kept --></TrustedKeyGroups>")
)
