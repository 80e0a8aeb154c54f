package io.github.streamwebsocket.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;

/**
 * The ratios of one measure of a family as bars: a panel for each case and transport, and in it a bar for each client,
 * with the ratio on top and a whisker from the least to the most of the rounds. Measures have charts of their own, as
 * what is large in one would make all bars of another small.
 *
 * <p>XChart draws axes and bars; its whiskers are as long upwards as downwards and its labels do not say whose a bar
 * is, so these are drawn over it.
 */
final class RatioChart extends CategoryChart {
    private static final int WIDTH = 800;
    private static final int PLOT_HEIGHT = 370;
    /** Room below the axis, for names and caption. */
    private static final int BELOW = 132;
    /** Of a panel, what its bars take; the rest is space. */
    private static final double FILL = 0.92;
    /** Of the height of the plot, what the highest whisker takes; above it stand the titles of the panels. */
    private static final double HIGHEST = 0.77;
    /** Bars that are narrower have their ratio written upwards. */
    private static final int NARROW = 28;

    private static final Color TEXT = new Color(0x212529);
    private static final Color FAINT = new Color(0x5C636A);
    private static final Color GRID = new Color(0xE3E6E8);

    private final FamilyResult family;
    private final String measure;
    private final List<String> clients;
    private final List<Panel> panels = new ArrayList<>();

    /** Bars that stand together. The list has an entry for each client, null for those that have no bar in it. */
    private record Panel(String title, String reference, List<Row> bars) {}

    /**
     * @param measure of which it is drawn: see {@link Row}
     */
    RatioChart(FamilyResult family, String measure) {
        super(new CategoryChartBuilder().width(WIDTH).height(PLOT_HEIGHT + BELOW));
        this.family = family;
        this.measure = measure;
        this.clients = family.distinct(Row::client);
        for (String heading : family.distinct(Row::heading)) {
            for (String transport : family.distinct(Row::transport)) {
                addPanel(heading, transport);
            }
        }
        for (int i = 0; i < clients.size(); i++) {
            addBars(clients.get(i), i);
        }
        style();
    }

    /** Whether the family has nothing that could be drawn. */
    boolean isEmpty() {
        return panels.isEmpty();
    }

    private void addPanel(String heading, String transport) {
        List<Row> rows = family.rows().stream()
                .filter(row -> row.heading().equals(heading)
                        && row.transport().equals(transport)
                        && row.measure().equals(measure)
                        && row.drawn())
                .toList();
        if (rows.stream().allMatch(row -> row.ratio() == null)) {
            return;
        }
        List<Row> bars = new ArrayList<>();
        for (String client : clients) {
            bars.add(rows.stream()
                    .filter(row -> row.client().equals(client))
                    .findFirst()
                    .orElse(null));
        }
        Row first = rows.getFirst();
        String title = transport.isEmpty() ? heading : transport + ", " + heading;
        panels.add(new Panel(title, "1 = " + Tables.number(first.value().median()) + " " + first.unit(), bars));
    }

    private void addBars(String client, int index) {
        List<String> titles = panels.stream().map(Panel::title).toList();
        List<Double> heights = panels.stream()
                .map(panel -> panel.bars().get(index))
                .map(row -> row == null || row.ratio() == null
                        ? 0
                        : row.ratio().median()) // XChart loses its place at a null
                .toList();
        if (!titles.isEmpty()) {
            addSeries(Names.label(client), titles, heights).setFillColor(Names.colour(client));
        }
    }

    private void style() {
        setTitle(family.title() + (measure.isEmpty() ? "" : ", " + measure) + ", beside the " + Names.label(clients.getFirst()));
        boolean higher = family.rows().stream()
                .filter(row -> row.measure().equals(measure))
                .allMatch(Row::higherIsBetter);
        setYAxisTitle("ratio (" + (higher ? "longer" : "shorter") + " is better)");
        CategoryStyler styler = getStyler();
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(TEXT)
                .setChartTitleFont(font(Font.BOLD, 16))
                .setChartTitleBoxVisible(false)
                .setLegendVisible(false)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartPadding(10);
        styler.setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickLabelsFont(font(Font.PLAIN, 12))
                .setAxisTickLabelsColor(TEXT)
                .setAxisTitleFont(font(Font.PLAIN, 12))
                .setXAxisTicksVisible(false)
                .setXAxisTitleVisible(false)
                .setYAxisMin(0.0)
                .setYAxisMax(highest() / HIGHEST)
                .setPlotContentSize(1);
        styler.setAvailableSpaceFill(FILL);
    }

    private double highest() {
        return panels.stream()
                .flatMap(panel -> panel.bars().stream())
                .filter(row -> row != null && row.ratio() != null)
                .mapToDouble(row -> row.ratio().most())
                .max()
                .orElse(1);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        super.paint(g, width, height - BELOW);
        setHeight(height);
        Rectangle2D area = plot.getBounds();
        double panelWidth = area.getWidth() / panels.size();
        double barWidth = panelWidth * FILL / clients.size();
        line(g, FAINT, 1, area.getX(), y(area, 0), area.getMaxX(), y(area, 0));
        dashed(g, area);
        for (int p = 0; p < panels.size(); p++) {
            double left = area.getX() + p * panelWidth;
            if (p > 0) {
                line(g, GRID, 1, left, area.getY(), left, area.getMaxY());
            }
            title(g, panels.get(p), left + panelWidth / 2, area.getY());
            for (int c = 0; c < clients.size(); c++) {
                double middle = left + panelWidth * (1 - FILL) / 2 + (c + 0.5) * barWidth;
                Row bar = panels.get(p).bars().get(c);
                if (bar != null) {
                    if (bar.ratio() == null) {
                        turned(g, font(Font.PLAIN, 11), FAINT, "failed", -90, middle + 4, area.getMaxY() - 5);
                    } else {
                        whisker(g, bar, area, middle, barWidth);
                    }
                    name(g, bar.client(), middle, area.getMaxY() + 8);
                }
            }
        }
        caption(g, area.getX(), height);
    }

    private double y(Rectangle2D area, double ratio) {
        return area.getMaxY() - area.getHeight() * ratio * HIGHEST / highest();
    }

    /** The reference reaches from one end to the other. */
    private void dashed(Graphics2D g, Rectangle2D area) {
        g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0));
        g.setColor(FAINT);
        g.draw(new Line2D.Double(area.getX(), y(area, 1), area.getMaxX(), y(area, 1)));
    }

    private static void title(Graphics2D g, Panel panel, double middle, double top) {
        centred(g, font(Font.BOLD, 12), TEXT, panel.title(), middle, top + 14);
        centred(g, font(Font.PLAIN, 11), FAINT, panel.reference(), middle, top + 29);
    }

    private void whisker(Graphics2D g, Row bar, Rectangle2D area, double middle, double barWidth) {
        double top = y(area, bar.ratio().most());
        double bottom = y(area, bar.ratio().least());
        if (bar.ratio().most() > bar.ratio().least()) {
            double arm = Math.min(4, barWidth / 4);
            line(g, TEXT, 1.2f, middle, top, middle, bottom);
            line(g, TEXT, 1.2f, middle - arm, top, middle + arm, top);
            line(g, TEXT, 1.2f, middle - arm, bottom, middle + arm, bottom);
        }
        String text = Tables.ratio(bar.ratio().median());
        Font font = font(bar.client().equals("streamwebsocket") ? Font.BOLD : Font.PLAIN, 11);
        if (barWidth >= NARROW) {
            centred(g, font, TEXT, text, middle, top - 5);
        } else {
            turned(g, font, TEXT, text, -90, middle + 4, top - 5);
        }
    }

    /** The name, slanted, ends below the middle of its bar. */
    private static void name(Graphics2D g, String client, double middle, double top) {
        Font font = font(client.equals("streamwebsocket") ? Font.BOLD : Font.PLAIN, 11);
        String text = Names.label(client);
        double length = width(g, font, text);
        double angle = Math.toRadians(50);
        double x = middle + 4 - length * Math.cos(angle);
        turned(g, font, TEXT, text, -50, x, top + 4 + length * Math.sin(angle));
    }

    private void caption(Graphics2D g, double left, double bottom) {
        Environment where = family.environment();
        String rounds = family.rounds() == 1
                ? "one round"
                : "median of up to " + family.rounds() + " rounds, whiskers from the least to the most";
        Font font = font(Font.PLAIN, 10);
        turned(g, font, FAINT, where.machine(), 0, left, bottom - 22);
        turned(g, font, FAINT, "JDK " + where.jdk() + "; " + rounds + "; " + family.date(), 0, left, bottom - 9);
    }

    private static void line(Graphics2D g, Color colour, float width, double x1, double y1, double x2, double y2) {
        g.setStroke(new BasicStroke(width));
        g.setColor(colour);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    private static void centred(Graphics2D g, Font font, Color colour, String text, double middle, double base) {
        turned(g, font, colour, text, 0, middle - width(g, font, text) / 2, base);
    }

    private static double width(Graphics2D g, Font font, String text) {
        return font.getStringBounds(text, g.getFontRenderContext()).getWidth();
    }

    /** As outlines, as XChart does it too: whoever shows the picture may have other fonts. */
    private static void turned(Graphics2D g, Font font, Color colour, String text, double degrees, double x, double y) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(Math.toRadians(degrees));
        g.setColor(colour);
        g.fill(place.createTransformedShape(
                font.createGlyphVector(g.getFontRenderContext(), text).getOutline()));
    }
}
