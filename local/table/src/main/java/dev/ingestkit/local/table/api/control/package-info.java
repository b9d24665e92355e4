/** The actions on tables as a whole: what DynamoDB checks of their requests, and the descriptions that they answer. */
@NullMarked
package dev.ingestkit.local.table.api.control;

import org.jspecify.annotations.NullMarked;
