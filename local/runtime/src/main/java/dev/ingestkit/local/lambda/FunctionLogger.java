package dev.ingestkit.local.lambda;

import dev.ingestkit.local.functions.FunctionLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the functions' output to this process's log, each function under a logger of its own. Output of a function is
 * logged at INFO, Lambda's lines around it (START, END, REPORT) at DEBUG. Thread-safe.
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
