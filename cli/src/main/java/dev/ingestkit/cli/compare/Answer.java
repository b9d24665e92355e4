package dev.ingestkit.cli.compare;

import dev.ingestkit.cli.aws.Target;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The text of an endpoint's answer, without what differs between any two calls: accounts, addresses, ids, times. */
final class Answer {

    private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s\"]+");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d{30,}\\b");
    private static final Pattern ACCOUNT = Pattern.compile("(?<!shardId-)\\b\\d{12}\\b");

    private Answer() {}

    /** Returns the result of a call, or the error: its status, code and text. */
    static String of(Target target, Supplier<String> call) {
        try {
            return plain(target, call.get());
        } catch (AwsServiceException refused) {
            String text = refused.awsErrorDetails() == null
                    ? String.valueOf(refused.getMessage())
                    : refused.awsErrorDetails().errorCode() + ": "
                            + refused.awsErrorDetails().errorMessage();
            return refused.statusCode() + " " + plain(target, text);
        } catch (SdkClientException failed) {
            return "no answer that the SDK can read: " + plain(target, String.valueOf(failed.getMessage()));
        }
    }

    /** Returns a text with placeholders for an endpoint's own accounts, addresses, ids and times. */
    static String plain(Target target, String text) {
        String plain = text.replace(target.region(), "REGION");
        plain = ADDRESS.matcher(plain).replaceAll("URL");
        plain = TIME.matcher(plain).replaceAll("TIME");
        plain = UUID.matcher(plain).replaceAll("UUID");
        plain = NUMBER.matcher(plain).replaceAll("NUMBER");
        return ACCOUNT.matcher(plain).replaceAll("ACCOUNT");
    }
}
