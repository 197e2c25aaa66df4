// The overlays on the drawing: ellipses for tiers, halos for the blast radius, badges for marks.

const BADGE = { S: { color: "#f0e442", sides: 4 }, P: { color: "#56b4e9", sides: 0 } };
const HARM = "213,94,0";
const CONFIRMED = 1.5;

// Where the nodes are now: the reader may have dragged them, and in the middle of a change some are not there.
function drawnSpots() {
  if (!scope.overlay) return [];
  return Object.entries(network.getPositions(scope.nodes)).map(([at, spot]) => [Number(at), spot]);
}

function drawShades(pen) {
  pen.save();
  drawTiers(pen);
  drawnSpots().forEach(([at, { x, y }]) => {
    const hit = scope.overlay.blast.get(at);
    if (!hit) return;
    const { steps, confirmed } = hit;
    pen.beginPath();
    pen.arc(x, y, sizeOf(at) + 14, 0, FULL);
    pen.fillStyle = `rgba(${HARM},${Math.max(0.12, 0.5 / steps)})`;
    pen.fill();
    pen.setLineDash(confirmed ? [] : [5, 5]);
    pen.lineWidth = confirmed ? 3 : CONFIRMED;
    pen.strokeStyle = `rgb(${HARM})`;
    pen.stroke();
  });
  pen.restore();
}

function drawTiers(pen) {
  if (!scope.overlay?.tiers.size) return;
  const { ink } = inks();
  pen.strokeStyle = ink;
  pen.fillStyle = ink;
  pen.textAlign = "center";
  pen.font = `600 ${Math.max(15, 12 / network.getScale())}px ${FACE}`;
  const [across, down] = stretch();
  scope.radii.forEach((radius, ring) => {
    if (ring % 2 || ![...scope.overlay.tiers].some(([at, tier]) => tier === ring / 2 && scope.set.has(at))) return;
    pen.beginPath();
    pen.ellipse(0, 0, across * radius, down * radius, 0, 0, FULL);
    pen.globalAlpha = 0.25;
    pen.lineWidth = 1.5;
    pen.stroke();
    pen.globalAlpha = 0.75;
    pen.fillText(`tier ${ring / 2}`, 0, -down * radius - 26);
  });
  pen.globalAlpha = 1;
}

function drawBadges(pen) {
  pen.save();
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  drawnSpots().forEach(([at, { x, y }]) => {
    const step = scope.overlay.blast.get(at)?.steps;
    if (step) badge(pen, x + sizeOf(at) + 6, y - sizeOf(at) - 4, { color: "#ffffff", sides: 0 }, String(step));
    if (scope.overlay.marks) {
      marksOf(at).forEach(({ letter }, place) =>
        badge(pen, x + sizeOf(at) + 6 - 2 * place * (sizeOf(at) + 6), y - sizeOf(at) - 4, BADGE[letter], letter));
    }
  });
  pen.restore();
}

function badge(pen, x, y, { color: fill, sides }, letter) {
  const size = 11;
  pen.beginPath();
  if (sides) [[0, -1.35], [1.35, 0], [0, 1.35], [-1.35, 0]].forEach(([dx, dy]) => pen.lineTo(x + dx * size, y + dy * size));
  else pen.arc(x, y, size, 0, FULL);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = "#1a2532";
  pen.stroke();
  pen.fillStyle = "#1a2532";
  pen.font = `700 14px ${FACE}`;
  pen.fillText(letter, x, y + 1);
}
