package dev.ingestkit.local.delivery;

import static java.util.Objects.requireNonNull;

/**
 * The progress of an event.
 *
 * @param key distinguishes the deliveries of one event to several functions
 * @param invocations how often the function ran
 * @param rejections how often in a row it could not be run
 */
record Delivery(String key, AsyncEvent event, int invocations, int rejections) {

    Delivery {
        requireNonNull(key, "key");
        requireNonNull(event, "event");
    }

    Delivery invoked() {
        return new Delivery(key, event, invocations + 1, 0);
    }

    Delivery rejected() {
        return new Delivery(key, event, invocations, rejections + 1);
    }
}
