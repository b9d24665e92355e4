package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records the outcome of requests in the journal. An answer that neither accepts nor rejects an event is not recorded.
 */
final class GatewayJournal {

    private static final int MAX_ANSWER_BYTES = 4_096;

    private final Journal journal;
    private final Clock clock;

    GatewayJournal(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void mapped(Exchange exchange, HttpResponse response) {
        if (response.status() >= 400) {
            rejected(
                    exchange,
                    response.status(),
                    "the integration answered " + exchange.integrationAnswer().status());
            return;
        }
        boolean service = exchange.method().integration().target().isService();
        int integration = exchange.integrationAnswer().status();
        if (service && response.status() < 300 && integration >= 200 && integration < 300) {
            accepted(exchange, response.status());
        }
    }

    void rejected(Exchange exchange, int status, String reason) {
        exchange.steps().keep(exchange.ids(), journal.details());
        journal.append(new JournalEvent.Rejected(
                exchange.ids().request(), status, exchange.request().method(), exchange.path(), reason));
    }

    void rejected(HttpExchange exchange, int status, String reason) {
        exchange.steps().keep(exchange.ids(), journal.details());
        journal.append(new JournalEvent.Rejected(
                exchange.ids().request(), status, exchange.request().method(), exchange.path(), reason));
    }

    /** Records a service's answer: a success accepts the event, anything else rejects it. */
    void served(HttpExchange exchange) {
        IntegrationAnswer served = exchange.integrationAnswer();
        if (served.status() < 200 || served.status() >= 300) {
            rejected(exchange, served.status(), "the integration answered " + served.status());
            return;
        }
        JsonNode answer = answer(served.body());
        exchange.steps().keep(exchange.ids(), journal.details());
        journal.append(new JournalEvent.Accepted(
                exchange.ids().request(),
                served.status(),
                exchange.request().method(),
                exchange.path(),
                text(answer, "ShardId"),
                text(answer, "SequenceNumber"),
                exchange.request().body().length,
                ChronoUnit.MICROS.between(exchange.startedAt(), clock.instant())));
    }

    private void accepted(Exchange exchange, int status) {
        JsonNode answer = answer(exchange.integrationAnswer().body());
        exchange.steps().keep(exchange.ids(), journal.details());
        journal.append(new JournalEvent.Accepted(
                exchange.ids().request(),
                status,
                exchange.request().method(),
                exchange.path(),
                text(answer, "ShardId"),
                text(answer, "SequenceNumber"),
                exchange.request().body().length,
                ChronoUnit.MICROS.between(exchange.startedAt(), clock.instant())));
    }

    private static @Nullable String text(JsonNode answer, String name) {
        JsonNode value = answer.get(name);
        return value == null || !value.isTextual() ? null : value.textValue();
    }

    private static JsonNode answer(byte[] body) {
        try {
            return body.length > 0 && body.length <= MAX_ANSWER_BYTES
                    ? Json.mapper().readTree(body)
                    : Json.mapper().missingNode();
        } catch (IOException notJson) {
            // The answer of another service has another form and names no record.
            return Json.mapper().missingNode();
        }
    }
}
