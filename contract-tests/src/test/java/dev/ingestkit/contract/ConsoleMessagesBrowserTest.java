package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Uses the console of a stack that is fed by a queue: its messages are the events. */
final class ConsoleMessagesBrowserTest {

    @TempDir
    static Path folder;

    @RegisterExtension
    static final OpenConsole console = OpenConsole.of(ConsoleMessagesBrowserTest::stack);

    private static LocalRuntimeConfig stack() {
        try {
            Files.write(folder.resolve("none.jar"), FunctionArchive.of(RefusingFunction.class));
            return EmbeddedStack.config(
                    Files.writeString(folder.resolve("template.yaml"), CapsulesOfAnySourceTest.TEMPLATE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String url(AwsClients clients, String queue) {
        return clients.sqs().listQueues().queueUrls().stream()
                .filter(found -> found.endsWith(queue))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the name that the template's queue was given. */
    private static String name(String queue) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(console.runtime()))) {
            String url = url(clients, queue);
            return url.substring(url.lastIndexOf('/') + 1);
        }
    }

    private static String send(String queue, String body) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(console.runtime()))) {
            return clients.sqs()
                    .sendMessage(
                            message -> message.queueUrl(url(clients, queue)).messageBody(body))
                    .messageId();
        }
    }

    private static void purge(String queue) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(console.runtime()))) {
            clients.sqs().purgeQueue(request -> request.queueUrl(url(clients, queue)));
        }
    }

    @Test
    void aProcessedMessageIsFoundByTheIdsInItsBodyWithItsLife() {
        String message = send("Jobs", "{\"id\":\"order-1\",\"customerId\":4711}");

        for (String id : new String[] {"4711", message}) {
            console.open("events");
            console.browser().type("Search events", id);
            console.browser().awaitText("1 found of");
        }
        console.openEvent("order-1", "processed");

        console.browser().awaitText("Entered the queue");
        console.browser().awaitText("Invocation succeeded");
        console.browser().awaitText("4711");
        console.browser().awaitText("No queue holds the message any more");
        assertThat(console.shows("Capsule and test")).isFalse();
        console.browser().awaitText("ingest-cli trace " + message);
    }

    @Test
    void aMessageThatIsGivenUpIsFollowedIntoTheDeadLetterQueue() throws InterruptedException {
        String message = send("Jobs", "{\"id\":\"poison-2\"}");
        console.awaitEvent("poison-2", "in-flight");
        console.runtime().clock().advance(Duration.ofMinutes(1));
        console.runtime().clock().advance(Duration.ofMinutes(1));

        console.openEvent("poison-2", "dead");

        console.browser().awaitText("Moved to the dead letter queue");
        console.browser().awaitText("Invocation failed");
        console.browser().awaitText("the function reported 1 of 1 messages as failed");
        console.browser().awaitText("ingest-cli capsule save " + message + " --name poison-2");
        console.browser().awaitText("ingest-cli capsule test poison-2");
        assertThat(console.shows("\"id\": \"poison-2\"")).isTrue();
        console.browser().click("Its dead letter");
        console.awaitPage();
        console.browser()
                .awaitText(
                        "received 2 times from " + name("Jobs") + ": the function reported 1 of 1 messages as failed");
        console.browser().click("poison-2");
        console.browser().awaitText("ingest-cli dlq redrive " + message.substring(0, 8));
        console.browser().click("Redrive");
        console.browser().awaitText("1 record redriven");
        console.awaitEvent("poison-2", "in-flight");
    }

    @Test
    void aMessageIsEditedAndSentAgain() {
        send("Jobs", "{\"id\":\"poison-3\"}");
        console.openEvent("poison-3", "in-flight");
        console.browser().click("Edit and send");
        console.browser().type("Edited payload", "{\"id\":\"mended-3\"}");
        console.browser().awaitText("aws sqs send-message");
        console.browser().click("Send edited");
        console.browser().awaitText("sent again as");

        console.awaitEvent("mended-3", "processed");
    }

    @Test
    void aMessageInAQueueThatNoFunctionReadsWaits() {
        send("Dead", OpenConsole.HOSTILE);
        String message = send("Dead", "{\"orderId\":\"%s\"}".formatted(OpenConsole.HOSTILE));

        console.open("events");
        console.browser().type("Search events", message);
        console.browser().awaitText("1 found of");
        console.browser().click(OpenConsole.HOSTILE);
        console.browser().awaitText("Timeline");

        console.browser().awaitText("so no function receives the message");
        console.assertNoMarkup("the page of a hostile message");
    }

    @Test
    void aMessageThatIsPurgedHasExpired() {
        send("Dead", "{\"id\":\"purged-4\"}");
        console.awaitEvent("purged-4", "queued");
        purge("Dead");

        console.openEvent("purged-4", "expired");

        console.browser().awaitText("Purged with the queue");
        console.browser().awaitText("No queue holds the message any more");
    }

    @Test
    void messagesAreFilteredByQueue() {
        send("Jobs", "{\"id\":\"by-queue-1\"}");
        send("Dead", "{\"id\":\"by-queue-2\"}");
        console.open("events");
        console.browser().type("Search events", "by-queue");
        console.browser().awaitText("2 found of");
        console.browser().click("More filters");
        console.browser().choose("Queue", queue("Dead"));

        console.browser().awaitText("1 found of");
        console.browser().awaitText("by-queue-2");
    }

    @Test
    void aMessageIsFoundByItsBodyWhileItIsKnown() {
        send("Dead", "{\"id\":\"body-1\",\"city\":\"Bergen\"}");
        send("Jobs", "{\"id\":\"poison-4\",\"city\":\"Bergen\"}");
        send("Jobs", "{\"id\":\"body-2\",\"city\":\"Bergen\"}");
        console.awaitEvent("poison-4", "in-flight");
        console.awaitEvent("body-2", "processed");
        console.open("events");
        console.browser().type("Search events", "");
        console.browser().awaitText("More filters");
        console.browser().click("More filters");
        console.browser().type("Payload", "\"city\":\"bergen\"");

        console.browser().awaitText("2 found of");
        console.browser().awaitText("body-1");
        console.browser().awaitText("poison-4");
        console.browser().awaitText("were not searched: they are not held any more");
    }

    private static String queue(String name) {
        String found = "[...document.querySelectorAll('select[aria-label=Queue] option')]"
                + ".map(option => option.value).find(value => value.endsWith(arguments[0]))";
        console.browser().await("the queue " + name + " is among the filters", found, name);
        return console.browser().script("return " + found, name).asText();
    }
}
