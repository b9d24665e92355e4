package dev.ingestkit.local.protocol;

/**
 * The names in an Amazon Resource Name, as people call the resources. What is no ARN is taken for a name already.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon Resource Names</a>
 */
public final class ArnNames {

    private static final String FUNCTION = ":function:";

    private ArnNames() {}

    /** The function's name, with the alias or version that it is called by: {@code writer:live}. */
    public static String function(String arn) {
        int mark = arn.indexOf(FUNCTION);
        return mark < 0 ? arn : arn.substring(mark + FUNCTION.length());
    }

    /** What stands last, behind a colon or a slash: a queue's, a stream's or a table's name. */
    public static String last(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
    }
}
