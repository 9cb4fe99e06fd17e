package io.genapi.chaos.process;

import java.nio.file.Path;
import java.util.List;

/** How the broker's programs are started on this machine. */
public interface Installation {

    /** The beginning of a program's command line: everything before its own arguments. */
    List<String> command(Program program);

    /** A vendor catalog that lets the simulator stand in for every vendor. */
    Path catalog();
}
