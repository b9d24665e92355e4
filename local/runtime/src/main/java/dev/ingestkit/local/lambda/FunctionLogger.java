package dev.ingestkit.local.lambda;

import dev.ingestkit.local.functions.FunctionLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the functions' output into this process's log, each function under a logger of its own. What a function prints is
 * the user's business and shown at INFO; what Lambda adds around it (START, END, REPORT) at DEBUG.
 */
public final class FunctionLogger implements FunctionLog {

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

    @Override
    public void line(Line line) {
        Logger logger = loggers.computeIfAbsent(line.function(), name -> LoggerFactory.getLogger("function." + name));
        switch (line.source()) {
            case PLATFORM -> logger.debug("{}", line.text());
            case LOGGER, STDOUT -> logger.info("{}", line.text());
            case STDERR, JVM -> logger.warn("{}", line.text());
        }
    }
}
