/**
 * Requests as DynamoDB reads them: the shapes of its API, a reader that streams a body into them, and the constraint
 * violations that are found before an action interprets the members.
 */
@NullMarked
package dev.ingestkit.local.table.api.request;

import org.jspecify.annotations.NullMarked;
