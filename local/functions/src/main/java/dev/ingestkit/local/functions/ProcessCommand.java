package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.process.ProcessLink;
import java.io.IOException;

/** The way in which a function's process is started and reached. Immutable. */
interface ProcessCommand {

    /** Returns how many execution environments one process may hold. */
    int room();

    /** Returns whether a process can load the handler again after a failure; a process that cannot exits. */
    boolean loadsAgain();

    /**
     * Opens a link for one process.
     *
     * @throws IOException if no port can be opened
     */
    ProcessLink link() throws IOException;

    /**
     * Returns the command that starts a process which uses a link.
     *
     * @throws IOException if this machine lacks what the function needs
     */
    ProcessBuilder builder(ProcessLink link) throws IOException;
}
