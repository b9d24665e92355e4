package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes events as a shop, its site and its machines would send them. The same seed gives the same events, byte for
 * byte. Not thread-safe.
 */
final class SampleEvents {

    /** How many kinds there are; {@link #many} takes them in turn. */
    static final List<String> KINDS =
            List.of("order", "payment", "page-view", "sensor-reading", "webhook", "shipment", "sign-up");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant EPOCH = Instant.parse("2026-01-05T08:00:00Z");
    private static final List<String> CITIES = List.of("Zürich", "São Paulo", "東京", "Reykjavík", "Kraków", "Nairobi");
    private static final List<String> PATHS = List.of("/", "/basket", "/search?q=lamp", "/help", "/orders");

    /** Signs that take one byte in JSON. */
    private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

    private final RandomGenerator random;
    private int made;

    SampleEvents(RandomGenerator random) {
        this.random = requireNonNull(random, "random");
    }

    /** So many events, each kind in its turn. */
    List<SampleEvent> many(int count) {
        List<SampleEvent> events = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            events.add(next(KINDS.get(number % KINDS.size())));
        }
        return events;
    }

    /**
     * One event of nearly so many bytes of text that hardly compresses.
     *
     * @param bytes at least 1,000
     */
    SampleEvent large(int bytes) {
        return event("order-archive", json -> {
            json.put("note", "The whole file travels in one event; the table holds it in parts.");
            StringBuilder content = new StringBuilder(bytes);
            for (int sign = 0; sign < bytes - 300; sign++) {
                content.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            json.put("content", content.toString());
        });
    }

    private SampleEvent next(String kind) {
        return event(
                kind,
                switch (kind) {
                    case "order" -> this::order;
                    case "payment" -> this::payment;
                    case "page-view" -> this::pageView;
                    case "sensor-reading" -> this::sensorReading;
                    case "webhook" -> this::webhook;
                    case "shipment" -> this::shipment;
                    case "sign-up" -> this::signUp;
                    default -> throw new IllegalArgumentException("no such kind: " + kind);
                });
    }

    private SampleEvent event(String kind, Consumer<ObjectNode> fields) {
        made++;
        String id = String.format(Locale.ROOT, "%s-%04d", kind, made);
        ObjectNode json = MAPPER.createObjectNode();
        json.put("eventId", id);
        json.put("type", kind);
        json.put("occurredAt", EPOCH.plusMillis(made * 1_717L).toString());
        fields.accept(json);
        try {
            return new SampleEvent(kind, id, MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a sample has no JSON form", impossible);
        }
    }

    private void order(ObjectNode json) {
        json.put("customer", "customer-" + random.nextInt(1_000));
        json.put("city", one(CITIES));
        BigDecimal total = BigDecimal.ZERO;
        for (int line = 0; line <= random.nextInt(4); line++) {
            int quantity = 1 + random.nextInt(5);
            BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(20_000), 2);
            total = total.add(price.multiply(BigDecimal.valueOf(quantity)));
            json.withArray("lines")
                    .addObject()
                    .put("article", "A-" + random.nextInt(500))
                    .put("quantity", quantity)
                    .put("price", price);
        }
        json.put("total", total);
        json.put("currency", "EUR");
    }

    private void payment(ObjectNode json) {
        json.put("order", "order-" + random.nextInt(1_000));
        json.put("method", one(List.of("card", "transfer", "voucher")));
        json.put("amount", BigDecimal.valueOf(100 + random.nextInt(50_000), 2));
        json.put("captured", random.nextInt(10) > 0);
        json.putNull("refund");
    }

    private void pageView(ObjectNode json) {
        json.put("session", Long.toHexString(random.nextLong()));
        json.put("path", one(PATHS));
        json.put("milliseconds", random.nextInt(3_000));
        json.putObject("screen").put("width", 1_280).put("height", 720).put("scale", 1.5);
    }

    private void sensorReading(ObjectNode json) {
        json.put("sensor", "hall-" + random.nextInt(12));
        for (int value = 0; value < 16; value++) {
            json.withArray("celsius").add(BigDecimal.valueOf(150 + random.nextInt(100), 1));
        }
        json.put("uptime", random.nextLong(1_000_000_000_000L));
    }

    private void webhook(ObjectNode json) {
        json.put("source", one(List.of("repository", "calendar", "mailbox")));
        json.putObject("headers")
                .put("user-agent", "hook/2.1")
                .put("x-delivery", Long.toString(random.nextInt(99_999)));
        json.putObject("body")
                .put("action", one(List.of("opened", "closed", "renamed")))
                .put("title", "Entry #" + random.nextInt(9_999) + " 🚚 \"quoted\"\n");
    }

    private void shipment(ObjectNode json) {
        json.put("order", "order-" + random.nextInt(1_000));
        json.put("to", one(CITIES));
        json.put("grams", 50 + random.nextInt(30_000));
        json.putArray("stops").add(one(CITIES)).add(one(CITIES));
    }

    private void signUp(ObjectNode json) {
        json.put("user", "user-" + random.nextInt(100_000));
        json.put("newsletter", random.nextBoolean());
        json.putObject("profile")
                .put("language", one(List.of("de", "en", "ja", "pt")))
                .putArray("interests");
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
