package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Ids, names and addresses that a careless page would not show, would show as another text, or would run. */
final class ConsoleHostileBrowserTest {

    private static final String REVERSING = "invoice-\u202Efdp.exe";

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void itemsWithAnAttributeNamedAsAMemberOfObjectsAreListed() {
        String table = String.valueOf(console.runtime().outputs().get("TableName"));
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(console.runtime()))) {
            for (String attribute : List.of("constructor", "__proto__")) {
                Map<String, AttributeValue> item = Map.of(
                        "eventId",
                        text("members"),
                        "part",
                        AttributeValue.fromN("0"),
                        attribute,
                        text("own " + attribute));
                clients.dynamoDb().putItem(request -> request.tableName(table).item(item));
                console.open("tables");
                console.browser().awaitText("own " + attribute);
                console.browser().awaitText("good-1");
            }
        }
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    @Test
    void aBlankIdIsALinkWithAName() throws IOException {
        console.put(" ", "{}");
        console.open("events");
        console.browser().awaitText("\\u0020");

        assertThat(Axe.findings(console.browser())).isEmpty();
        console.browser().click("\\u0020");
        console.browser().awaitText("Timeline");
    }

    @Test
    void charactersThatTurnATextAroundAreShownByTheirNumbers() {
        console.put(REVERSING, "{}");
        console.open("events");
        console.browser().click("invoice-\\u202efdp.exe");
        console.browser().awaitText("Timeline");

        assertThat(console.browser()
                        .script("return document.querySelector('h1').innerText")
                        .asText())
                .isEqualTo("invoice-\\u202efdp.exe");
    }

    @Test
    void anIdThatBeginsAsAnOptionStaysAnArgument() {
        console.put("--endpoint-url=http://elsewhere", "{}");
        console.openEvent("--endpoint-url=http://elsewhere", "");

        console.browser().awaitText("ingest-cli trace -- --endpoint-url=http://elsewhere");
        console.browser().awaitText("--id=--endpoint-url=http://elsewhere");
    }

    @Test
    void anAddressThatCannotBeDecodedNamesNoEvent() {
        console.open("events");
        console.browser().script("location.hash = '#/event/%zz'");
        console.browser().awaitText("an event is named by its number");
        console.leave();
    }
}
