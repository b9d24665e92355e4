package dev.ingestkit.local.functions;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables of a function: the template's, and those that Lambda sets.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda environment variables</a>
 */
record FunctionVariables(FunctionRuntimeOptions options, FunctionConfig config) {

    /** The variables that a process needs from this one; nothing else of the user's environment reaches a function. */
    private static final List<String> INHERITED = List.of("PATH", "LD_LIBRARY_PATH", "SystemRoot", "TMP", "TEMP");

    /** Returns those of this process's variables that a function's process needs. */
    static Map<String, String> inherited(Map<String, String> own) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : INHERITED) {
            String value = own.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    /**
     * Returns all variables.
     *
     * @param taskRoot the folder of the function's code
     */
    Map<String, String> all(Path taskRoot, Clock clock) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        // The user's real keys never reach a function: its credentials are valid for the local endpoint only.
        variables.put("AWS_ACCESS_KEY_ID", "local");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        variables.put("AWS_SESSION_TOKEN", "local");
        variables.put("AWS_ENDPOINT_URL", options.endpointUrl());
        variables.putAll(config.environment());
        variables.putAll(reserved(taskRoot, clock));
        return variables;
    }

    /** The variables that Lambda sets and a template may not set. */
    private Map<String, String> reserved(Path taskRoot, Clock clock) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("_HANDLER", config.code().handler());
        variables.put("AWS_REGION", options.region());
        variables.put("AWS_DEFAULT_REGION", options.region());
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + config.code().runtime());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", config.name());
        variables.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Integer.toString(config.limits().memoryMegabytes()));
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put(
                "AWS_LAMBDA_LOG_GROUP_NAME",
                config.environment().getOrDefault("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + config.name()));
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream(clock));
        variables.put("LAMBDA_TASK_ROOT", taskRoot.toString());
        return variables;
    }

    private String logStream(Clock clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String id = options.ids().get().toString().replace("-", "");
        return "%04d/%02d/%02d/[$LATEST]%s"
                .formatted(today.getYear(), today.getMonthValue(), today.getDayOfMonth(), id);
    }
}
