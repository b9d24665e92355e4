package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.event.RecordOrigin;

/** One record of a batch. The payload must not be changed. */
record EventRecord(byte[] payload, RecordOrigin origin) {}
