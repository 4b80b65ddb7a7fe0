package dev.purser.automation;

/** A command whose data was read: it knows how it is done. */
interface Deed {

    /** Once; what may be tried again is the answer's to say. */
    Tried perform(Bench bench);
}
