package example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts clicks by visitor for as long as the execution environment lives. */
@ApplicationScoped
public class ClickCounter {

    private final Map<String, Integer> clicks = new ConcurrentHashMap<>();
    private final int limit;

    ClickCounter(@ConfigProperty(name = "clicks.limit") int limit) {
        this.limit = limit;
    }

    /** Returns whether the visitor may click again. */
    boolean count(String visitor) {
        return clicks.merge(visitor, 1, Integer::sum) <= limit;
    }
}
