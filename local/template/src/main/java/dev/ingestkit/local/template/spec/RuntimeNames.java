package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;

/**
 * The names with which a template is resolved, for ARNs, ids and URLs. Immutable.
 *
 * @param stackName {@code AWS::StackName}, and the first part of generated names
 * @param region {@code AWS::Region}
 * @param accountId {@code AWS::AccountId}, twelve digits
 * @param endpoint the services' endpoint, {@code http://localhost:4566}; queue and API URLs begin with it
 */
public record RuntimeNames(String stackName, String region, String accountId, URI endpoint) {

    private static final int UNIQUE_END = 12;

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

    /**
     * Returns the name of a resource that the template does not name: the names of stack and resource. A name that would be
     * too long for its service is shortened as CloudFormation does, to the beginnings of both and a unique end.
     *
     * @param maxLength the service's limit, at least 32
     */
    public String physicalName(String logicalId, int maxLength) {
        String name = stackName + "-" + logicalId;
        if (name.length() <= maxLength) {
            return name;
        }
        int left = maxLength - UNIQUE_END - 2;
        int ofResource = Math.min(logicalId.length(), Math.max(left / 2, left - stackName.length()));
        int ofStack = Math.min(stackName.length(), left - ofResource);
        return stackName.substring(0, ofStack) + "-" + logicalId.substring(0, ofResource) + "-"
                + StableIds.alphanumeric(UNIQUE_END, "name", stackName, logicalId);
    }

    /** Returns the names of a stack that a resource of this one nests. */
    public RuntimeNames nested(String logicalId) {
        String name = stackName + "-" + logicalId;
        return withStackName(name.substring(0, Math.min(128, name.length())));
    }

    /** Returns the names of another stack of the same runtime. */
    public RuntimeNames withStackName(String name) {
        return new RuntimeNames(name, region, accountId, endpoint);
    }

    /** Returns the partition that the region belongs to: {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** Returns the domain of the region's services on AWS. */
    public String urlSuffix() {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    /** Returns the stack's ARN, which is the same for the same stack name, region and account. */
    public String stackId() {
        String unique = StableIds.uuid("stack", stackName, region, accountId);
        return arn("cloudformation", "stack/%s/%s".formatted(stackName, unique));
    }

    /** Returns an ARN of this region and account. */
    public String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition(), service, region, accountId, resource);
    }

    /** Returns an ARN of a service without regions. */
    public String globalArn(String service, String resource) {
        return "arn:%s:%s::%s:%s".formatted(partition(), service, accountId, resource);
    }

    /** Returns the text values of the pseudo parameters. */
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
