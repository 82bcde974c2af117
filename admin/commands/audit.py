"""`signpost audit`: who did what, looked through or given out whole; that the chain is whole is for `signpost verify`."""

import sys
from datetime import datetime

import click

from admin.audit_files import Form, filters, head_text, lines_text, pages
from admin.commands.context import Context
from admin.commands.moments import moment
from admin.commands.operating import done, looked
from admin.curation.acting import Act
from admin.curation.telling import text_of
from notices.answer import rfc3339
from review.audit import AuditLine
from store.values import Lines


@click.command()
@click.option("--actor", default="", metavar="ID", help="Only what this person did.")
@click.option("--action", default="", metavar="ACTION", help="Only this, or what begins so, such as change.")
@click.option("--subject", default="", metavar="ID", help="Only what was done to this.")
@click.option("--outcome", default="", metavar="CODE", help="`done`, or the code of a refusal.")
@click.option("--text", default="", help="Only lines with this in subject, detail or actor.")
@click.option("--from", "from_at", callback=moment, metavar="RFC3339", help="From this moment on.")
@click.option("--to", "to_at", callback=moment, metavar="RFC3339", help="Before this moment.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="At most so many; files hold all.")
@click.option("--jsonl", "form", flag_value=Form.JSONL.value, help="Everything, as JSON lines.")
@click.option("--csv", "form", flag_value=Form.CSV.value, help="Everything, as a table.")
@click.pass_obj
def audit(
    context: Context,
    *,
    actor: str,
    action: str,
    subject: str,
    outcome: str,
    text: str,
    from_at: datetime | None,
    to_at: datetime | None,
    limit: int,
    form: str | None,
) -> None:
    """Audit lines, the newest first."""
    wanted = Lines(actor, action, subject, outcome, text, from_at, to_at, None, limit)
    if form is not None:
        _export(context, wanted, Form(form))
        return
    for line in looked(context, lambda act: act.unit.journal.lines(wanted)):
        click.echo(_said(line))


def _export(context: Context, wanted: Lines, form: Form) -> None:
    done(context, "audit.exported", form.value, lambda act: act.note("audit.exported", form.value, filters(wanted)))
    out = sys.stdout
    out.write(head_text(form))

    def write(act: Act) -> None:
        for found in pages(wanted, act.unit.journal.lines):
            out.write(lines_text(found, form))

    looked(context, write)
    out.flush()


def _said(line: AuditLine) -> str:
    detail = f"  {text_of(dict(line.detail))}" if line.detail else ""
    outcome = "" if line.outcome == "done" else f"  refused: {line.outcome}"
    return f"{line.number}  {rfc3339(line.at)}  {line.actor} ({line.way})  {line.action}  {line.subject}{outcome}{detail}"
