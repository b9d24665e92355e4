/**
 * Secrets Manager in memory: secrets with versions and staging labels, generated passwords, deletion with a recovery
 * window, rotation by a function's four steps.
 */
@NullMarked
package dev.ingestkit.local.secrets;

import org.jspecify.annotations.NullMarked;
