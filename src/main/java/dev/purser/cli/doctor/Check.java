package dev.purser.cli.doctor;

import java.util.List;

/** Looks at one thing that Purser needs. */
interface Check {

    List<Finding> look();
}
