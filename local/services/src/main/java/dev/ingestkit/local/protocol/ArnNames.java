package dev.ingestkit.local.protocol;

/**
 * Extracts resource names from Amazon Resource Names. Text that is not an ARN is returned as it is.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon Resource Names</a>
 */
public final class ArnNames {

    private static final String FUNCTION = ":function:";

    private ArnNames() {}

    /** Returns the function's name with the alias or version that qualifies it: {@code writer:live}. */
    public static String function(String arn) {
        int mark = arn.indexOf(FUNCTION);
        return mark < 0 ? arn : arn.substring(mark + FUNCTION.length());
    }

    /** Returns the part after the last colon or slash: the name of a queue, a stream or a table. */
    public static String last(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
    }
}
