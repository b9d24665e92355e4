/**
 * Secrets Manager in memory: secrets with versions and staging labels, generated passwords, deletion with a recovery
 * window, rotation by a function's four steps.
 *
 * <p>{@link dev.ingestkit.local.secrets.SecretsService} admits one call at a time to the {@code …Actions} classes,
 * which work on the {@code SecretStore}. {@code SecretRotation} invokes rotation functions, which call back into the
 * service.
 *
 * <p>Threads: actions run on the caller's thread; rotation steps run in the common pool. One daemon thread, {@code
 * secret-rotation}, exists once a secret has a schedule.
 */
@NullMarked
package dev.ingestkit.local.secrets;

import org.jspecify.annotations.NullMarked;
