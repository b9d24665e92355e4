package dev.ingestkit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a template's stack for the tests of a class, which take an {@link IngestPipeline} as a parameter. Each class has a
 * stack of its own: its streams, tables, queues, functions and time, on a port of its own. Classes may run in parallel.
 *
 * <p>After each test, every record that was put must have been processed, filtered or dead lettered; otherwise the test fails
 * and names the record.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(IngestExtension.class)
public @interface IngestTest {

    /** The template's path, relative to the directory in which the test runs: the module's directory under Maven. */
    String template() default "template.yaml";

    /** Template parameters, each as {@code Name=value}. */
    String[] parameters() default {};

    /** Faults to inject from the start, each as {@code STAGE:KIND,OPTION=VALUE}. */
    String[] faults() default {};

    /** Runs each function in a JVM of its own, from the archive that the template names. */
    boolean functionsInProcessesOfTheirOwn() default false;

    /** Fails a test that leaves a record unfinished. */
    boolean ledger() default true;
}
