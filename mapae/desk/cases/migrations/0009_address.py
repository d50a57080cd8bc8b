"""The key of the page of goods of cases, by which the product check finds them however an address is written."""

from __future__ import annotations

from django.db import migrations, models

from mapae.desk.fields import AddressKey, address_key

_AT_ONCE = 2_000


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Keys of what is there already."""
    model = apps.get_model("cases", "caseitem")
    found = model.objects.exclude(url="").only("pk", "url").order_by("pk")
    last = 0
    while rows := list(found.filter(pk__gt=last)[:_AT_ONCE]):
        for row in rows:
            row.address = address_key(row.url)
        model.objects.bulk_update(rows, ["address"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    """A column, its index, its values."""

    dependencies = [("cases", "0008_live_of_operator")]

    operations = [
        migrations.AddField("caseitem", "address", AddressKey(of="url")),
        migrations.AddIndex(
            "caseitem",
            models.Index(fields=["address"], name="item_address", condition=models.Q(address__isnull=False)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
