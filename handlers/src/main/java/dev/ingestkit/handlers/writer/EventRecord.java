package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.event.RecordOrigin;

/** One record of a batch. Nothing changes the payload. */
record EventRecord(byte[] payload, RecordOrigin origin) {}
