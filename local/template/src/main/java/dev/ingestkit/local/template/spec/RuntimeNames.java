package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;

/**
 * The names of the place that a template is resolved for: they stand in ARNs, ids and URLs.
 *
 * @param stackName {@code AWS::StackName}, and the first part of generated names
 * @param region {@code AWS::Region}
 * @param accountId {@code AWS::AccountId}, twelve digits
 * @param endpoint where the services are reached, {@code http://localhost:4566}; queue and API URLs begin with it
 */
public record RuntimeNames(String stackName, String region, String accountId, URI endpoint) {

    public RuntimeNames {
        if (!stackName.matches("[A-Za-z][A-Za-z0-9-]{0,127}")) {
            throw new IllegalArgumentException(
                    "a stack's name is a letter, then up to 127 letters, digits and hyphens: " + stackName);
        }
        requireNonNull(region, "region");
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("accountId must be 12 digits: " + accountId);
        }
        requireNonNull(endpoint, "endpoint");
    }

    /** {@code aws}, or the partition that the region belongs to. */
    public String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** The domain that services of the region have on AWS. */
    public String urlSuffix() {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    /** The stack's ARN; the same for the same stack name, region and account. */
    public String stackId() {
        String unique = StableIds.uuid("stack", stackName, region, accountId);
        return arn("cloudformation", "stack/%s/%s".formatted(stackName, unique));
    }

    /** An ARN of this region and account. */
    public String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition(), service, region, accountId, resource);
    }

    /** An ARN of a service without regions. */
    public String globalArn(String service, String resource) {
        return "arn:%s:%s::%s:%s".formatted(partition(), service, accountId, resource);
    }

    /** The text values of the pseudo parameters. */
    public Map<String, String> pseudoParameters() {
        return Map.of(
                "AWS::Region",
                region,
                "AWS::AccountId",
                accountId,
                "AWS::StackName",
                stackName,
                "AWS::StackId",
                stackId(),
                "AWS::Partition",
                partition(),
                "AWS::URLSuffix",
                urlSuffix());
    }
}
