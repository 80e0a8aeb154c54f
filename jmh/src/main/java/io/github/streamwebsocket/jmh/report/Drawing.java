package io.github.streamwebsocket.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;

/** Lines and words, as charts have them. */
final class Drawing {
    private Drawing() {}

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static void line(Graphics2D g, Color colour, float width, double x1, double y1, double x2, double y2) {
        g.setStroke(new BasicStroke(width));
        g.setColor(colour);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    static void centred(Graphics2D g, Font font, Color colour, String text, double middle, double base) {
        turned(g, font, colour, text, 0, middle - width(g, font, text) / 2, base);
    }

    static double width(Graphics2D g, Font font, String text) {
        return font.getStringBounds(text, g.getFontRenderContext()).getWidth();
    }

    /** As outlines, as XChart does it too: whoever shows the picture may have other fonts. */
    static void turned(Graphics2D g, Font font, Color colour, String text, double degrees, double x, double y) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(Math.toRadians(degrees));
        g.setColor(colour);
        g.fill(place.createTransformedShape(
                font.createGlyphVector(g.getFontRenderContext(), text).getOutline()));
    }
}
