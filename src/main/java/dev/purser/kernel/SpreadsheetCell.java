package dev.purser.kernel;

import java.util.regex.Pattern;

/**
 * A cell as it may be opened in a spreadsheet, which runs text that begins with = + - @ TAB or CR as a formula. Such a cell gets an
 * apostrophe in front; a plain number (-1) stays as it is. On the way in the apostrophe is taken off again, so that a file of ours
 * can be dropped as it is and means the same.
 */
public final class SpreadsheetCell {

    private static final String RISKY = "=+-@\t\r";
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?");

    private SpreadsheetCell() {}

    public static String safe(String cell) {
        return isRisky(cell) && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
    }

    public static String undo(String cell) {
        return cell.startsWith("'") && isRisky(cell.substring(1)) ? cell.substring(1) : cell;
    }

    private static boolean isRisky(String cell) {
        return !cell.isEmpty() && RISKY.indexOf(cell.charAt(0)) >= 0;
    }
}
