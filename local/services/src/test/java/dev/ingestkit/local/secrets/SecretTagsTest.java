package dev.ingestkit.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTagsTest {

    private final SecretCalls secrets = new SecretCalls();

    @Test
    void tagsAreAddedAndRemoved() {
        secrets.call("CreateSecret", "{'Name':'s','Tags':[{'Key':'a','Value':'1'}]}");
        secrets.call("TagResource", "{'SecretId':'s','Tags':[{'Key':'b','Value':'2'}]}");
        secrets.call("UntagResource", "{'SecretId':'s','TagKeys':['a']}");
        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").path("Tags"))
                .hasToString("[{\"Key\":\"b\",\"Value\":\"2\"}]");
    }

    @Test
    void ofTwoTagsWithOneKeyTheLastIsKept() {
        secrets.call("CreateSecret", "{'Name':'s','Tags':[{'Key':'a','Value':'1'},{'Key':'a','Value':'2'}]}");

        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").path("Tags"))
                .hasToString("[{\"Key\":\"a\",\"Value\":\"2\"}]");
    }
}
