package dev.purser.provisioning;

/** Who carries which actions out, in one turn. They ask CoCalc, write down, and leave what was seen for the next turn; they decide nothing. */
record Hands(
        Turn turn,
        Lookout lookout,
        Examining examining,
        CartTicks ticks,
        TakingOut takingOut,
        Adding adding,
        Till till,
        ReadingBack readingBack) {

    static Hands of(Turn turn) {
        return new Hands(
                turn,
                new Lookout(turn),
                new Examining(turn),
                new CartTicks(turn),
                new TakingOut(turn),
                new Adding(turn),
                new Till(turn, new PoisonSearch(turn)),
                new ReadingBack(turn));
    }
}
