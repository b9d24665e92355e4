package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A value of an event, neither object nor array, with the elements of arrays that contain it. */
record Leaf(JsonNode value, @Nullable Membership elements) {}
