//! What a code of AWS's means for a set-up, and what its words add to it.
//!
//! The codes are those that AWS documents for the calls that are made here ("Errors" of each in the API
//! reference, "Common errors" of each service). What is none of them keeps AWS's words.

use signet_app::setup::{AskError, DenyingRule, PlanRule};
use signet_setup::Region;

use crate::echo::Echo;
use crate::shown::{code_of, shown};

/// An answer that is a refusal.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) code: &'a str,
    /// AWS's words, without what repeats a part of the login.
    pub(crate) message: &'a str,
    /// Where S3 says that the bucket is.
    pub(crate) region: Option<Region>,
}

/// What is meant; `action` is what IAM calls the call that was made.
pub(crate) fn meaning(action: &'static str, answer: &Answer<'_>, echo: &Echo) -> AskError {
    let Answer { status, code, message, ref region } = *answer;
    if let Some(rule) = plan_rule(message) {
        return AskError::PricingPlan { rule, message: shown(message) };
    }
    match code {
        "ExpiredToken"
        | "ExpiredTokenException"
        | "TokenRefreshRequired"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "UnrecognizedClientException"
        | "InvalidToken"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken"
        | "NotAuthorized" => AskError::LoginExpired,
        "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => AskError::WrongClock,
        "AllAccessDisabled"
        | "AccountProblem"
        | "InvalidPayer"
        | "NotSignedUp"
        | "OptInRequired"
        | "SubscriptionRequired"
        | "SubscriptionRequiredException" => AskError::AccountNotReady { message: words(answer, echo) },
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => {
            refused(action, message)
        }
        "InvalidIfMatchVersion" => AskError::Conflict,
        // The same code is given where something else than the version stands in the way.
        "PreconditionFailed" if is_of_the_version(message) => AskError::Conflict,
        "NoSuchBucket" => AskError::NoBucket,
        "NoSuchDistribution" => AskError::NoDistribution,
        "PermanentRedirect"
        | "AuthorizationHeaderMalformed"
        | "IllegalLocationConstraintException" => AskError::WrongRegion { region: region.clone() },
        "MalformedPolicy" => AskError::PolicyRefused { message: words(answer, echo) },
        "DistributionNotDisabled" | "ResourceNotDisabled" => AskError::SwitchedOn,
        "Throttling"
        | "ThrottlingException"
        | "SlowDown"
        | "TooManyRequestsException"
        | "TooManyInvalidationsInProgress"
        | "RequestLimitExceeded"
        | "RequestTimeout"
        | "ServiceUnavailable"
        // Another change of the same bucket is not through yet: nobody's, or nobody knows whose.
        | "OperationAborted" => AskError::Busy,
        _ if code.starts_with("TooMany") || code.ends_with("LimitExceeded") => {
            AskError::Quota { what: code_of(code, echo) }
        }
        "PublicKeyInUse" | "ResourceInUse" | "OriginAccessControlInUse" => AskError::InUse,
        // The name of a site stands at another distribution; nothing of a set-up is there.
        "CNAMEAlreadyExists" => other(action, answer, echo),
        _ if code.ends_with("AlreadyExists") => AskError::IsThere,
        // The things themselves. What a thing needs and is missing (`NoSuchOrigin`) is no thing that is gone.
        "NoSuchPublicKey"
        | "NoSuchResource"
        | "NoSuchOriginAccessControl"
        | "NoSuchBucketPolicy"
        | "NoSuchPublicAccessBlockConfiguration"
        | "NoSuchLifecycleConfiguration"
        | "NoSuchKey"
        | "NoSuchUpload"
        | "NoSuchVersion"
        | "NoSuchEntity" => AskError::NotThere,
        // The answer to HEAD and to some redirects has no body.
        "NotFound" => AskError::NotThere,
        "" if status == 301 => AskError::WrongRegion { region: region.clone() },
        "" if status == 403 => refused(action, message),
        _ if status >= 500 && code != "NotImplemented" => AskError::Busy,
        _ => other(action, answer, echo),
    }
}

/// AWS's words, or its code where it has none.
fn words(answer: &Answer<'_>, echo: &Echo) -> String {
    if answer.message.trim().is_empty() {
        return code_of(answer.code, echo).as_str().to_owned();
    }
    shown(answer.message)
}

fn other(action: &'static str, answer: &Answer<'_>, echo: &Echo) -> AskError {
    let code = code_of(answer.code, echo);
    AskError::Refused { action, code, message: words(answer, echo) }
}

/// What is not allowed, and by whom.
fn refused(action: &'static str, message: &str) -> AskError {
    if message.contains("BlockPublicPolicy") || message.contains("public policies") {
        return AskError::PublicAccessBlocked;
    }
    // An account that is new: no permission helps, and AWS's words say what does.
    if message.contains("must be verified") || message.contains("account is suspended") {
        return AskError::AccountNotReady { message: shown(message) };
    }
    let action = denied(message).unwrap_or(action).to_owned();
    AskError::NotAllowed { action, denied_by: denying_rule(message) }
}

/// What stands in the way although whoever is logged in may do it, by IAM's words ("Access denied error
/// messages" in its user guide).
fn denying_rule(message: &str) -> Option<DenyingRule> {
    let (rule, is_explicit) = match message.split_once("explicit deny in a") {
        Some((_, rule)) => (rule.strip_prefix('n').unwrap_or(rule), true),
        None => (message.split_once("because no ")?.1, false),
    };
    let rule = rule.trim_start();
    let is = |name: &str| rule.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    let limits = [
        DenyingRule::ServiceControlPolicy,
        DenyingRule::ResourceControlPolicy,
        DenyingRule::PermissionsBoundary,
        DenyingRule::SessionPolicy,
        DenyingRule::EndpointPolicy,
    ];
    // A permission that is merely missing from one of these is what the policy to copy gives.
    let grants = [DenyingRule::IdentityPolicy, DenyingRule::ResourcePolicy];
    let grants = grants.into_iter().filter(|_| is_explicit);
    limits.into_iter().chain(grants).find(|rule| is(rule.name()))
}

/// What of a flat-rate plan stands in the way: neither is a change of somebody else's, and to go on helps
/// with neither.
fn plan_rule(message: &str) -> Option<PlanRule> {
    let message = message.to_ascii_lowercase();
    let has = |text: &str| message.contains(text);
    if has("subscribed to a") && has("pricing plan") {
        return Some(PlanRule::Subscribed);
    }
    if has("must have a web acl") {
        return Some(PlanRule::NeedsWebAcl);
    }
    has("pricing plan").then_some(PlanRule::NotInPlan)
}

/// Whether it is the version that is another one. CloudFront and S3 say it in several ways.
fn is_of_the_version(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    let words = ["precondition", "pre-condition", "if-match", "etag"];
    message.trim().is_empty() || words.iter().any(|word| message.contains(word))
}

/// The action that IAM names in its refusal, `service:Action`; it may be another than the one that was
/// asked for.
fn denied(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("not authorized to perform: ")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '-'));
    let action = rest.get(..end.unwrap_or(rest.len()))?;
    let (service, verb) = action.split_once(':')?;
    let is_service = (1..=32).contains(&service.len())
        && service.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let is_verb = (1..=64).contains(&verb.len()) && verb.bytes().all(|b| b.is_ascii_alphabetic());
    (is_service && is_verb).then_some(action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_credential_types::Credentials;
    use signet_app::setup::ErrorCode;

    fn echo() -> Echo {
        let credentials = Credentials::new("AKIAOWN", "ownSecretAccessKey0", None, None, "test");
        Echo::of(&credentials)
    }

    fn of(code: &str, message: &str) -> AskError {
        let region = Region::parse("eu-west-1").ok();
        let answer = Answer { status: 400, code, message, region };
        meaning("cloudfront:CreateKeyGroup", &answer, &echo())
    }

    /// The codes of each call, as AWS's API reference and the errors common to all actions name them, and what
    /// each says to whoever sets up. A code that is new falls to AWS's own words, which is the last row's test.
    #[test]
    fn every_documented_code_of_each_call_has_its_meaning() {
        const COMMON: &str = "AccessDeniedException=notAllowed AccessDenied=notAllowed ExpiredToken=login \
            ExpiredTokenException=login IncompleteSignature=words InternalFailure=words InternalError=words \
            InvalidAction=words InvalidClientTokenId=login InvalidSignatureException=login \
            MissingAuthenticationToken=login NotAuthorized=login OptInRequired=account RequestExpired=clock \
            ServiceUnavailable=busy Throttling=busy ThrottlingException=busy TooManyRequestsException=busy \
            UnrecognizedClientException=login ValidationError=words SomethingNew=words";
        const DISTRIBUTION: &str = "CNAMEAlreadyExists=words ContinuousDeploymentPolicyInUse=words \
            EntityLimitExceeded=quota EntityNotFound=words \
            IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior=words \
            IllegalOriginAccessConfiguration=words IllegalUpdate=words InconsistentQuantities=words \
            InvalidArgument=words InvalidDefaultRootObject=words InvalidDomainNameForOriginAccessControl=words \
            InvalidErrorCode=words InvalidForwardCookies=words InvalidFunctionAssociation=words \
            InvalidGeoRestrictionParameter=words InvalidLambdaFunctionAssociation=words InvalidLocationCode=words \
            InvalidMinimumProtocolVersion=words InvalidOrigin=words InvalidOriginAccessControl=words \
            InvalidOriginAccessIdentity=words InvalidOriginKeepaliveTimeout=words InvalidOriginReadTimeout=words \
            InvalidProtocolSettings=words InvalidQueryStringParameters=words InvalidRelativePath=words \
            InvalidRequiredProtocol=words InvalidResponseCode=words InvalidTTLOrder=words InvalidTagging=words \
            InvalidViewerCertificate=words InvalidWebACLId=words MissingBody=words NoSuchCachePolicy=words \
            NoSuchContinuousDeploymentPolicy=words NoSuchFieldLevelEncryptionConfig=words NoSuchOrigin=words \
            NoSuchOriginRequestPolicy=words NoSuchRealtimeLogConfig=words NoSuchResponseHeadersPolicy=words \
            RealtimeLogConfigOwnerMismatch=words StagingDistributionInUse=words TooManyCacheBehaviors=quota \
            TooManyCertificates=quota TooManyCookieNamesInWhiteList=quota TooManyDistributionCNAMEs=quota \
            TooManyDistributions=quota TooManyDistributionsAssociatedToCachePolicy=quota \
            TooManyDistributionsAssociatedToFieldLevelEncryptionConfig=quota \
            TooManyDistributionsAssociatedToKeyGroup=quota \
            TooManyDistributionsAssociatedToOriginAccessControl=quota \
            TooManyDistributionsAssociatedToOriginRequestPolicy=quota \
            TooManyDistributionsAssociatedToResponseHeadersPolicy=quota \
            TooManyDistributionsWithFunctionAssociations=quota TooManyDistributionsWithLambdaAssociations=quota \
            TooManyDistributionsWithSingleFunctionARN=quota TooManyFunctionAssociations=quota \
            TooManyHeadersInForwardedValues=quota TooManyKeyGroupsAssociatedToDistribution=quota \
            TooManyLambdaFunctionAssociations=quota TooManyOriginCustomHeaders=quota \
            TooManyOriginGroupsPerDistribution=quota TooManyOrigins=quota TooManyQueryStringParameters=quota \
            TooManyTrustedSigners=quota TrustedKeyGroupDoesNotExist=words TrustedSignerDoesNotExist=words";
        const BUCKET: &str = "NoSuchBucket=noBucket PermanentRedirect=region AuthorizationHeaderMalformed=region \
            IllegalLocationConstraintException=region InvalidAccessKeyId=login SignatureDoesNotMatch=login \
            RequestTimeTooSkewed=clock SlowDown=busy RequestTimeout=busy OperationAborted=busy \
            AllAccessDisabled=account AccountProblem=account InvalidPayer=account NotSignedUp=account \
            InvalidBucketName=words InvalidRequest=words MethodNotAllowed=words NotImplemented=words \
            MalformedXML=words InvalidLocationConstraint=words InvalidToken=login TokenRefreshRequired=login";
        for (action, codes) in [
            (
                "cloudfront:CreateOriginAccessControl",
                "InvalidArgument=words OriginAccessControlAlreadyExists=isThere TooManyOriginAccessControls=quota",
            ),
            (
                "cloudfront:CreatePublicKey",
                "InvalidArgument=words PublicKeyAlreadyExists=isThere TooManyPublicKeys=quota",
            ),
            (
                "cloudfront:CreateKeyGroup",
                "InvalidArgument=words KeyGroupAlreadyExists=isThere TooManyKeyGroups=quota \
                 TooManyPublicKeysInKeyGroup=quota",
            ),
            ("cloudfront:CreateDistribution", "DistributionAlreadyExists=isThere"),
            ("cloudfront:CreateDistribution", DISTRIBUTION),
            (
                "cloudfront:UpdateDistribution",
                "InvalidIfMatchVersion=conflict NoSuchDistribution=noDistribution PreconditionFailed=conflict",
            ),
            ("cloudfront:UpdateDistribution", DISTRIBUTION),
            (
                "cloudfront:DeleteDistribution",
                "DistributionNotDisabled=switchedOn InvalidIfMatchVersion=conflict \
                 NoSuchDistribution=noDistribution PreconditionFailed=conflict ResourceInUse=inUse",
            ),
            (
                "cloudfront:DeletePublicKey",
                "InvalidIfMatchVersion=conflict NoSuchPublicKey=notThere PreconditionFailed=conflict \
                 PublicKeyInUse=inUse",
            ),
            (
                "cloudfront:DeleteKeyGroup",
                "InvalidIfMatchVersion=conflict NoSuchResource=notThere PreconditionFailed=conflict \
                 ResourceInUse=inUse",
            ),
            (
                "cloudfront:DeleteOriginAccessControl",
                "InvalidIfMatchVersion=conflict NoSuchOriginAccessControl=notThere PreconditionFailed=conflict \
                 OriginAccessControlInUse=inUse",
            ),
            (
                "cloudfront:CreateInvalidation",
                "BatchTooLarge=words InconsistentQuantities=words InvalidArgument=words MissingBody=words \
                 NoSuchDistribution=noDistribution TooManyInvalidationsInProgress=busy",
            ),
            ("s3:PutBucketPolicy", "MalformedPolicy=policy"),
            ("s3:PutBucketPolicy", BUCKET),
            ("s3:GetBucketPolicy", "NoSuchBucketPolicy=notThere"),
            ("s3:GetLifecycleConfiguration", "NoSuchLifecycleConfiguration=notThere"),
            ("s3:GetBucketPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration=notThere"),
        ] {
            for row in codes.split_whitespace().chain(COMMON.split_whitespace()) {
                let (code, expected) = row.split_once('=').unwrap();
                let answer = Answer { status: 400, code, message: "", region: None };
                let said = meaning(action, &answer, &echo());
                assert_eq!(kind(&said), expected, "{action} {code}: {said:?}");
                // Nobody is shown an empty sentence.
                assert!(!said.to_string().trim_end().ends_with(':'), "{said}");
            }
        }
    }

    fn kind(error: &AskError) -> &'static str {
        match error {
            AskError::NotAllowed { .. } => "notAllowed",
            AskError::LoginExpired => "login",
            AskError::WrongClock => "clock",
            AskError::Busy => "busy",
            AskError::AccountNotReady { .. } => "account",
            AskError::Quota { .. } => "quota",
            AskError::IsThere => "isThere",
            AskError::NotThere => "notThere",
            AskError::InUse => "inUse",
            AskError::SwitchedOn => "switchedOn",
            AskError::Conflict => "conflict",
            AskError::NoBucket => "noBucket",
            AskError::NoDistribution => "noDistribution",
            AskError::WrongRegion { .. } => "region",
            AskError::PolicyRefused { .. } => "policy",
            AskError::Refused { .. } => "words",
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_another_version_is_somebody_elses_change() {
        for message in [
            "",
            "The request failed because it didn't meet the preconditions in one or more request-header fields.",
            "The precondition in one or more of the request fields evaluated to false.",
            "At least one of the pre-conditions you specified did not hold",
            "The If-Match version is missing or not valid for the resource.",
        ] {
            assert_eq!(of("PreconditionFailed", message), AskError::Conflict, "{message}");
        }
        let said = of("PreconditionFailed", "The tenant of this distribution is still active.");
        let AskError::Refused { message, .. } = said else { panic!("{said:?}") };
        assert_eq!(message, "The tenant of this distribution is still active");
    }

    #[test]
    fn what_a_pricing_plan_forbids_is_no_conflict() {
        for (code, message, rule) in [
            (
                "PreconditionFailed",
                "You can't delete this distribution while it's subscribed to a pricing plan.",
                PlanRule::Subscribed,
            ),
            (
                "PreconditionFailed",
                "The distribution is subscribed to a flat-rate pricing plan. Cancel it first.",
                PlanRule::Subscribed,
            ),
            (
                "InvalidArgument",
                "A distribution with a pricing plan must have a web ACL resource.",
                PlanRule::NeedsWebAcl,
            ),
            ("InvalidArgument", "Must have a Web ACL resource", PlanRule::NeedsWebAcl),
            (
                "InvalidArgument",
                "Custom cache policies are not supported by your pricing plan.",
                PlanRule::NotInPlan,
            ),
            ("TooManyCacheBehaviors", "Your pricing plan has five.", PlanRule::NotInPlan),
        ] {
            let AskError::PricingPlan { rule: said, message: words } = of(code, message) else {
                panic!("{message}");
            };
            assert_eq!(said, rule, "{message}");
            assert_eq!(words, message.trim_end_matches('.'));
        }
    }

    #[test]
    fn a_rule_that_no_permission_lifts_is_named() {
        let start = "User: arn:aws:iam::1:user/a is not authorized to perform: s3:PutBucketPolicy on resource: b";
        for (end, rule) in [
            (
                "with an explicit deny in a service control policy",
                Some(DenyingRule::ServiceControlPolicy),
            ),
            (
                "with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o/p",
                Some(DenyingRule::ServiceControlPolicy),
            ),
            (
                "because no service control policy allows the s3:PutBucketPolicy action",
                Some(DenyingRule::ServiceControlPolicy),
            ),
            (
                "with an explicit deny in a resource control policy",
                Some(DenyingRule::ResourceControlPolicy),
            ),
            (
                "with an explicit deny in a permissions boundary",
                Some(DenyingRule::PermissionsBoundary),
            ),
            (
                "because no permissions boundary allows the s3:PutBucketPolicy action",
                Some(DenyingRule::PermissionsBoundary),
            ),
            (
                "because no session policy allows the s3:PutBucketPolicy action",
                Some(DenyingRule::SessionPolicy),
            ),
            ("with an explicit deny in a VPC endpoint policy", Some(DenyingRule::EndpointPolicy)),
            (
                "with an explicit deny in an identity-based policy",
                Some(DenyingRule::IdentityPolicy),
            ),
            ("with an explicit deny in a resource-based policy", Some(DenyingRule::ResourcePolicy)),
            ("with an explicit deny", None),
            ("because no identity-based policy allows the s3:PutBucketPolicy action", None),
            ("because no resource-based policy allows the s3:PutBucketPolicy action", None),
            ("", None),
        ] {
            let expected =
                AskError::NotAllowed { action: "s3:PutBucketPolicy".to_owned(), denied_by: rule };
            assert_eq!(of("AccessDenied", &format!("{start} {end}")), expected, "{end}");
        }
    }

    #[test]
    fn an_account_that_aws_holds_back_is_not_told_to_ask_for_a_permission() {
        let words = "Your account must be verified before you can add new CloudFront resources. To verify your \
                     account, please contact AWS Support";
        let said = of("AccessDenied", words);
        assert_eq!(said, AskError::AccountNotReady { message: words.to_owned() });
    }

    #[test]
    fn each_has_its_meaning() {
        let not_allowed =
            |action: &str| AskError::NotAllowed { action: action.to_owned(), denied_by: None };
        let quota = |what: &str| AskError::Quota { what: ErrorCode::parse(what).unwrap() };
        for (code, message, meaning) in [
            ("ExpiredToken", "", AskError::LoginExpired),
            ("RequestTimeTooSkewed", "", AskError::WrongClock),
            ("AccessDenied", "Access Denied", not_allowed("cloudfront:CreateKeyGroup")),
            (
                "AccessDenied",
                "User: arn:aws:iam::1:user/a is not authorized to perform: s3:PutBucketPolicy on resource: x",
                not_allowed("s3:PutBucketPolicy"),
            ),
            (
                "AccessDenied",
                "User: a is not authorized to perform: s3:PutBucketPolicy on resource: \"b\" because public policies are blocked by the BlockPublicPolicy block public access setting.",
                AskError::PublicAccessBlocked,
            ),
            ("PreconditionFailed", "", AskError::Conflict),
            ("TooManyKeyGroups", "", quota("TooManyKeyGroups")),
            (
                "PermanentRedirect",
                "",
                AskError::WrongRegion { region: Region::parse("eu-west-1").ok() },
            ),
            ("ResourceInUse", "", AskError::InUse),
            ("KeyGroupAlreadyExists", "", AskError::IsThere),
            ("NoSuchResource", "", AskError::NotThere),
            ("Throttling", "", AskError::Busy),
        ] {
            assert_eq!(of(code, message), meaning, "{code}");
        }
    }

    #[test]
    fn no_key_id_and_no_line_break_is_said() {
        let said = of("Odd", "The key AKIAIOSFODNN7EXAMPLE,\n or ASIAIOSFODNN7EXAMPLE. ");
        let AskError::Refused { message, .. } = said else { panic!("{said:?}") };
        assert_eq!(message, "The key …[hidden], or …[hidden]");
    }

    #[test]
    fn what_is_no_code_and_no_action_is_not_shown() {
        let unknown = |code: &str| match of(code, "no") {
            AskError::Refused { code, .. } | AskError::Quota { what: code } => {
                code.as_str() == "Unknown"
            }
            other => panic!("{other:?}"),
        };
        for code in [
            "Odd code",
            "Odd\u{1b}[2J",
            "Odd\u{202e}",
            "TooMany\nLines",
            "ownSecretAccessKey0",
            "TooManyownSecretAccessKey0",
            "AKIAIOSFODNN7EXAMPLE",
            &"a".repeat(65),
            &"0f".repeat(32),
        ] {
            assert!(unknown(code), "{code}");
        }
        assert!(!unknown("Client.Odd2"));
        let own = AskError::NotAllowed {
            action: "cloudfront:CreateKeyGroup".to_owned(),
            denied_by: None,
        };
        for action in [
            "AKIAIOSFODNN7EXAMPLE:x",
            "s3:",
            "s3:a1",
            "s3",
            "S3:GetObject",
            &format!("s3:{}", "a".repeat(65)),
        ] {
            let message = format!("User is not authorized to perform: {action} on x");
            assert_eq!(of("AccessDenied", &message), own, "{action}");
        }
        let message = "is not authorized to perform: kms:Decrypt on x";
        assert_eq!(
            of("AccessDenied", message),
            AskError::NotAllowed { action: "kms:Decrypt".into(), denied_by: None }
        );
    }

    #[test]
    fn no_access_key_and_no_signature_is_said_whosever_it_is() {
        for secret in [
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "wJalrXUtnFEMI+K7MDENG+bPxRfiCYEXAMPLEKEY",
            "4f1a3c1bd0f8e0c6a5b44f1a3c1bd0f8e0c6a5b44f1a3c1bd0f8e0c6a5b44f1a",
        ] {
            let AskError::Refused { message, .. } =
                of("Odd", &format!("Not {secret}, Signature={secret}."))
            else {
                panic!("{secret}");
            };
            assert!(!message.contains(secret) && message.starts_with("Not …[hidden]"), "{message}");
        }
        let AskError::Refused { message, .. } = of("Odd", "a\u{202e}b\u{1b}c") else { panic!() };
        assert_eq!(message, "a[U+202E]b[U+001B]c");
    }
}
