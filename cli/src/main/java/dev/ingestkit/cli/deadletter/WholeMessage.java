package dev.ingestkit.cli.deadletter;

/** A message that stands for itself, not for records of a stream, and holds all that a redrive needs. */
public sealed interface WholeMessage permits MovedMessage, FailedInvocation {}
