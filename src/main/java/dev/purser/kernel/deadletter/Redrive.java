package dev.purser.kernel.deadletter;

/** How the records of one topic are read once more, after they were dead letters. */
public interface Redrive {

    String topic();

    /** What {@link #redrive} would do now. Changes nothing. */
    Prospect foresee(TopicRecord record);

    /**
     * Reads the record as if it came now, within the transaction that notes the answer.
     *
     * @param again true when this very record was taken before: it may add what is lacking, but starts nothing anew
     */
    Redriven redrive(TopicRecord record, boolean again);
}
